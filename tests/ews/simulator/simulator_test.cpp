#include "ews/simulator/simulator.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace ews::simulator;

struct SimulatorSideDoor : ::testing::Test {
    Simulator simulator;
    const std::string address = "a@example.test";

    void SetUp() override { simulator.add_mailbox(address); }

    std::string deliver(std::string_view folder) {
        return simulator.deliver(address, folder, "Subject: One\r\n\r\nx\r\n");
    }
};

TEST_F(SimulatorSideDoor, WorksWithoutARunningServer) {
    const auto id = deliver("inbox");
    ASSERT_EQ(simulator.items(address, "inbox").size(), 1U);
    EXPECT_EQ(simulator.items(address, "inbox")[0].id, id);
    EXPECT_EQ(simulator.items(address, "inbox")[0].mime, "Subject: One\r\n\r\nx\r\n");
    EXPECT_FALSE(simulator.items(address, "inbox")[0].is_read);
}

TEST_F(SimulatorSideDoor, MakesTheFolderThatMailIsPutInto) {
    const auto id = deliver("- Create New Case");
    const auto folder = simulator.create_folder(address, "- create new case");
    EXPECT_EQ(simulator.items(address, folder).size(), 1U);
    const auto moved = simulator.move(address, id, "Done");
    EXPECT_NE(moved, id);
    EXPECT_TRUE(simulator.items(address, folder).empty());
    EXPECT_EQ(simulator.items(address, "Done")[0].id, moved);
}

TEST_F(SimulatorSideDoor, SaysSoWhenThereIsNoSuchItem) {
    EXPECT_EQ(simulator.move(address, "nothing", "Done"), "");
    EXPECT_FALSE(simulator.erase(address, "nothing"));
    EXPECT_TRUE(simulator.erase(address, deliver("inbox")));
    EXPECT_TRUE(simulator.items(address, "inbox").empty());
}

TEST_F(SimulatorSideDoor, ShowsFoldersWithTheirCounts) {
    deliver("inbox");
    const auto folders = simulator.folders(address);
    const auto inbox = std::find_if(folders.begin(), folders.end(), [](const auto& folder) {
        return folder.distinguished == "inbox";
    });
    ASSERT_NE(inbox, folders.end());
    EXPECT_EQ(inbox->display_name, "Inbox");
    EXPECT_EQ(inbox->items, 1U);
    EXPECT_EQ(inbox->unread, 1U);
}

TEST_F(SimulatorSideDoor, ThrowsForAMailboxThatATestForgot) {
    EXPECT_THROW(simulator.items("b@example.test", "inbox"), std::invalid_argument);
}

TEST_F(SimulatorSideDoor, RefusesAScriptWithAllItsProblems) {
    try {
        simulator.inject("explode\ndrop\nimplode");
        FAIL();
    } catch (const std::invalid_argument& wrong) {
        EXPECT_STREQ(wrong.what(), "line 1: explode is no fault\nline 3: implode is no fault");
    }
}

TEST_F(SimulatorSideDoor, ThrowsForAnAccountThatATestForgot) {
    EXPECT_THROW(simulator.allow("nobody", {}), std::invalid_argument);
    EXPECT_NO_THROW(simulator.allow(address, {}));
}

}  // namespace
