// `mailferry parse` as it is called: exit codes, one object a line, standard input.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/agent/commands/command_line.hpp"

namespace {

namespace fs = std::filesystem;

class ParseCommand : public testing::Test {
protected:
    void SetUp() override {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = fs::path(testing::TempDir()) / ("parse_" + std::string(test->name()));
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    std::string file(const std::string& name, const std::string& text) {
        const auto path = folder_ / name;
        std::ofstream(path, std::ios::binary) << text;
        return path.string();
    }

    /// Runs `parse` with these arguments; what it printed is in `printed`.
    int run(std::vector<std::string> arguments, const std::string& input = "") {
        arguments.insert(arguments.begin(), "parse");
        std::istringstream in(input);
        auto* const old_in = std::cin.rdbuf(in.rdbuf());
        command_line::Ran ran = command_line::run(std::move(arguments));
        std::cin.rdbuf(old_in);
        printed = std::move(ran.out);
        return ran.exit;
    }

    std::string printed;

private:
    fs::path folder_;
};

}  // namespace

TEST_F(ParseCommand, OneObjectALine) {
    const auto a = file("a.eml", "Subject: a\n\nx\n"), b = file("b.eml", "Subject: b\n\ny\n");
    EXPECT_EQ(run({"--json", a, b}), 0);
    EXPECT_EQ(std::count(printed.begin(), printed.end(), '\n'), 2);
    EXPECT_LT(printed.find(R"("subject":"a")"), printed.find(R"("subject":"b")"));
}

TEST_F(ParseCommand, DashIsStandardInput) {
    EXPECT_EQ(run({"-"}, "Subject: typed\n\nx\n"), 0);
    EXPECT_EQ(printed, "- (18 bytes)\nSubject     typed\n\nx\n");
}

TEST_F(ParseCommand, FileThatIsNoMailIsNoFailure) {
    EXPECT_EQ(run({"--json", file("empty.eml", "")}), 0);
    EXPECT_NE(printed.find("has no header fields"), printed.npos);
}

TEST_F(ParseCommand, UnreadableFileIsReportedAndTheOthersAreShown) {
    EXPECT_EQ(run({"/nonexistent/a.eml", file("b.eml", "Subject: b\n\n")}), 3);
    EXPECT_NE(printed.find("Subject     b"), printed.npos);
}

TEST_F(ParseCommand, FolderCannotBeRead) {
    EXPECT_EQ(run({testing::TempDir()}), 3);
}
