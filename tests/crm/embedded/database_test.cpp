#include "crm/embedded/database.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

namespace {

using crm::embedded::Database;
using crm::embedded::Opening;

class ReplacedFile : public testing::Test {
protected:
    ReplacedFile() {
        std::filesystem::create_directory(folder_);
        database_.run("CREATE TABLE t (n)");
    }
    ~ReplacedFile() override { std::filesystem::remove_all(folder_); }

    std::string write() {
        const auto written = crm::embedded::writing(database_, [](Database& db) -> crm::Result<bool> {
            db.run("INSERT INTO t VALUES (1)");
            return true;
        });
        return written ? "" : written.error().text;
    }

    std::string folder_ = testing::TempDir() + "mailferry-replaced-" + std::to_string(::getpid());
    std::string path_ = folder_ + "/crm.sqlite";
    Database database_ = [this] {
        std::filesystem::create_directory(folder_);
        return Database::open(path_, Opening::create).value();
    }();
};

// Who restores a copy under a running agent would lose what is confirmed from then on.
TEST_F(ReplacedFile, IsNotWrittenToAndSaidWithTheWayOut) {
    EXPECT_EQ(write(), "");
    std::filesystem::rename(path_, path_ + ".old");
    const std::string moved = path_ + ": the file was moved away or replaced while it was open; put it back, or restart the agent";
    EXPECT_EQ(write(), moved);
    std::filesystem::copy_file(path_ + ".old", path_);
    EXPECT_EQ(write(), moved);
    std::filesystem::rename(path_ + ".old", path_);
    EXPECT_EQ(write(), "");
}

}  // namespace
