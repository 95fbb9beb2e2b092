#include "agent/commands/problems.hpp"

#include <gtest/gtest.h>

#include "tests/agent/commands/sample_crm.hpp"

namespace {

using agent::FileProblems;

TEST(Problems, EachIsALineOnStandardError) {
    testing::internal::CaptureStderr();
    const int exit = agent::complain(
        {{"a.xml", {3, 7, "<jornal> is unknown"}}, {"b.xml", {1, 1, "not well-formed"}}}
    );
    EXPECT_EQ(
        testing::internal::GetCapturedStderr(),
        "a.xml:3:7: <jornal> is unknown\nb.xml:1:1: not well-formed\n"
    );
    EXPECT_EQ(exit, 2);
}

TEST(Problems, AFileThatCannotBeReadIsUnreachableWhateverElseIsInvalid) {
    const FileProblems problems{
        {"a.xml", {3, 7, "<jornal> is unknown"}}, {"b.xml", {0, 0, "No such file or directory"}}};
    EXPECT_EQ(agent::exit_code(problems), 3);
}

class MissingFile : public command_line::SampleCrm {};

TEST_F(MissingFile, IsUnreachableForEveryCommandThatReadsIt) {
    const std::string missing = file("missing.xml");
    const std::vector<std::vector<std::string>> commands{
        {"run", "--config", missing},
        {"queue", "list", "--config", missing},
        {"explain", "--policy", missing, "--crm", url(), "x.eml"},
        {"replay", "--policy", policy(), "--crm", "embedded", "--config", missing, "x.eml"}};
    for (const auto& command : commands) {
        const command_line::Ran ran = command_line::run(command);
        EXPECT_EQ(ran.exit, 3) << command.front();
        EXPECT_EQ(ran.err, missing + ": No such file or directory\n") << command.front();
    }
}

TEST_F(MissingFile, IsSoThroughTheConfigurationThatNamesIt) {
    const std::string config = write(
        "mailferry.xml",
        "<mailferry xmlns=\"urn:mailferry:config:1\">\n"
        "  <journal file=\"journal.sqlite\"/>\n"
        "  <exchange name=\"here\" url=\"https://mail.us.example/EWS/Exchange.asmx\" "
        "user=\"ferry\">\n"
        "    <password file=\"password\"/>\n"
        "  </exchange>\n"
        "  <crm name=\"embedded\" url=\"sqlite:crm.sqlite\"/>\n"
        "  <policy file=\"policy.xml\" exchange=\"here\" crm=\"embedded\">\n"
        "    <mailbox address=\"anna@us.example\"/>\n"
        "  </policy>\n"
        "</mailferry>\n"
    );
    const command_line::Ran ran = command_line::run({"check", config});
    EXPECT_EQ(ran.exit, 3);
    EXPECT_EQ(ran.out, file("policy.xml") + ": No such file or directory\n");
}

}  // namespace
