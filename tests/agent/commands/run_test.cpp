// The ways in which `mailferry run` ends before it begins. How it works and ends by signals:
// tests/agent/kill_test.cpp, tests/agent/service_test.cpp.
#include <gtest/gtest.h>

#include "agent/journal.hpp"
#include "tests/agent/commands/command_line.hpp"
#include "tests/scenarios/world.hpp"

namespace {

using command_line::lines;
using command_line::Ran;

class RunCommand : public testing::Test {
protected:
    RunCommand() : world(world::samples() / "policies" / "typical.xml", {}, {"anna@us.example"}) {
        world.configure(world.exchange.url());
    }

    Ran run() const { return command_line::run({"run", "--config", world.config_file().string()}); }

    world::World world;
};

TEST_F(RunCommand, AnInvalidPolicyIsSaidWithAllItsProblemsAndNothingStarts) {
    const std::string invalid =
        (world::samples() / "policies" / "invalid" / "several.xml").string();
    world::write(world.folder.path / "policy.xml", world::read(invalid));
    const Ran ran = run();
    EXPECT_EQ(ran.exit, 2);
    EXPECT_EQ(ran.out, "");
    std::string expected;
    for (const std::string& line : lines(world::read(invalid + ".expected"))) {
        expected += (world.folder.path / "policy.xml").string() + ":" + line + "\n";
    }
    EXPECT_EQ(ran.err, expected);
    EXPECT_FALSE(std::filesystem::exists(world.journal()));
}

TEST_F(RunCommand, AJournalOfAnotherAgentIsOneClearLine) {
    const auto other = agent::Journal::open(world.journal()).value();
    const Ran ran = run();
    EXPECT_EQ(ran.exit, 3);
    EXPECT_EQ(
        ran.err,
        "mailferry: journal " + world.journal() +
            ": another agent is running on it; stop that one first\n"
    );
    EXPECT_TRUE(world.exchange.requests().empty());
}

TEST_F(RunCommand, WithoutAnyPasswordThereIsNothingToDo) {
    std::filesystem::remove(world.folder.path / "password");
    const Ran ran = run();
    EXPECT_EQ(ran.exit, 3);
    ASSERT_FALSE(lines(ran.err).empty());
    EXPECT_TRUE(lines(ran.err).back().starts_with("mailferry: password: ")) << ran.err;
}

TEST_F(RunCommand, TheConfigurationMustBeNamed) {
    const Ran ran = command_line::run({"run"});
    EXPECT_EQ(ran.exit, 2);
    EXPECT_NE(ran.err.find("--config"), std::string::npos) << ran.err;
}

}  // namespace
