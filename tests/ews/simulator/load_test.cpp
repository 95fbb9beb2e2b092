#include "ews/simulator/load.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace {

using namespace ews::simulator;
namespace fs = std::filesystem;

struct SimulatorLoad : ::testing::Test {
    fs::path directory = fs::temp_directory_path() / ("mailferry-load-" + std::to_string(getpid()));
    Simulator simulator;

    SimulatorLoad() {
        simulator.add_mailbox("a@example.test");
        simulator.add_mailbox("b@example.test");
    }

    ~SimulatorLoad() override { fs::remove_all(directory); }

    void write(const fs::path& name, const std::string& subject) {
        fs::create_directories((directory / name).parent_path());
        std::ofstream(directory / name) << "Subject: " << subject << "\r\n\r\n";
    }

    std::size_t load_all() {
        return load(simulator, directory, {"a@example.test", "b@example.test"});
    }
};

TEST_F(SimulatorLoad, PutsEveryMailWhereItsDirectorySays) {
    write("1.eml", "inbox of the first");
    write("notes.txt", "no mail");
    write("b@example.test/sentitems/1.eml", "sent");
    write("b@example.test/- Create New Case/1.eml", "dropped");
    EXPECT_EQ(load_all(), 3U);
    ASSERT_EQ(simulator.items("a@example.test", "inbox").size(), 1U);
    EXPECT_EQ(simulator.items("a@example.test", "inbox")[0].subject, "inbox of the first");
    ASSERT_EQ(simulator.items("b@example.test", "Sent Items").size(), 1U);
    ASSERT_EQ(simulator.items("b@example.test", "- Create New Case").size(), 1U);
    EXPECT_EQ(simulator.items("b@example.test", "- Create New Case")[0].subject, "dropped");
}

TEST_F(SimulatorLoad, LeavesOutMailboxesThatDoNotExist) {
    write("c@example.test/inbox/1.eml", "nobody's");
    EXPECT_EQ(load_all(), 0U);
}

TEST_F(SimulatorLoad, FailsAloudWithoutADirectory) {
    EXPECT_THROW(load_all(), fs::filesystem_error);
}

}  // namespace
