// `mailferry check --connect` against the Exchange simulator: one line for each mailbox and CRM.
#include <gtest/gtest.h>

#include "tests/agent/commands/command_line.hpp"
#include "tests/scenarios/world.hpp"

namespace {

using command_line::lines;
using command_line::Ran;
using world::World;

constexpr const char* anna = "anna@us.example";
constexpr const char* ben = "ben@us.example";

class CheckConnect : public testing::Test {
protected:
    CheckConnect()
        : world(
              world::samples() / "policies" / "typical.xml",
              world::samples() / "people.csv",
              {anna, ben}
          ) {
        world.configure(world.exchange.url());
    }
    Ran check() const {
        return command_line::run({"check", "--connect", world.config_file().string()});
    }
    std::string crm_line() const { return "crm embedded: reachable at " + world.crm_url(); }
    std::string reachable(const std::string& mailbox) const {
        return "mailbox " + mailbox + ": reachable at " + world.exchange.url() +
               " as ferry@us.example";
    }

    World world;
};

using Lines = std::vector<std::string>;

TEST_F(CheckConnect, SaysOfEachMailboxWhereAndAsWhomItIsReached) {
    const Ran ran = check();
    EXPECT_EQ(ran.exit, 0);
    EXPECT_EQ(lines(ran.out), (Lines{crm_line(), reachable(anna), reachable(ben)}));
    EXPECT_EQ(ran.err, "");
}

TEST_F(CheckConnect, WritesNothing) {
    EXPECT_EQ(check().exit, 0);
    EXPECT_FALSE(world.has_folder(anna, "- Create New Email"));
    EXPECT_FALSE(std::filesystem::exists(world.journal()));
}

TEST_F(CheckConnect, AWrongPasswordIsALineThatNamesTheAccountAndNotThePassword) {
    world::write(world.folder.path / "password", "not-the-password\n");
    const Ran ran = check();
    EXPECT_EQ(ran.exit, 3);
    ASSERT_EQ(lines(ran.out).size(), 3U) << ran.out;
    const std::string line = lines(ran.out)[1];
    EXPECT_TRUE(line.starts_with("mailbox anna@us.example: ")) << line;
    EXPECT_NE(line.find("ferry@us.example"), std::string::npos) << line;
    EXPECT_EQ((ran.out + ran.err).find("not-the-password"), std::string::npos)
        << ran.out << ran.err;
}

TEST_F(CheckConnect, AnUnreachableServerIsALineThatNamesIt) {
    world.exchange.stop();
    const Ran ran = check();
    EXPECT_EQ(ran.exit, 3);
    ASSERT_EQ(lines(ran.out).size(), 3U) << ran.out;
    EXPECT_NE(lines(ran.out)[1].find("127.0.0.1"), std::string::npos) << ran.out;
    EXPECT_EQ(lines(ran.out)[0], crm_line());
}

TEST_F(CheckConnect, AMailboxThatDoesNotExistDoesNotHideTheOthers) {
    std::string xml = world::read(world.config_file());
    xml.replace(xml.find(anna), std::string(anna).size(), "nobody@us.example");
    world::write(world.config_file(), xml);
    const Ran ran = check();
    EXPECT_EQ(ran.exit, 3);
    ASSERT_EQ(lines(ran.out).size(), 3U) << ran.out;
    EXPECT_TRUE(lines(ran.out)[1].starts_with("mailbox nobody@us.example: ")) << ran.out;
    EXPECT_EQ(lines(ran.out)[1].find("reachable at"), std::string::npos) << ran.out;
    EXPECT_EQ(lines(ran.out)[2], reachable(ben));
}

// G1.7
TEST_F(CheckConnect, AFolderInWhichTheAccountMayNotWriteIsNamedWithWhatIsMissing) {
    world.exchange.protect(anna, "inbox");
    const Ran ran = check();
    EXPECT_EQ(ran.exit, 3);
    EXPECT_EQ(
        lines(ran.out),
        (Lines{
            crm_line(),
            reachable(anna) +
                ", but may not: in Inbox: put mails into it, mark mails, take mails out. Give the account full access to "
                "the mailbox, or the role ApplicationImpersonation with impersonate=\"true\"",
            reachable(ben)})
    );
}

TEST_F(CheckConnect, APasswordFileThatIsMissingIsOneLineForItsServer) {
    std::filesystem::remove(world.folder.path / "password");
    const Ran ran = check();
    EXPECT_EQ(ran.exit, 3);
    ASSERT_EQ(lines(ran.out).size(), 2U) << ran.out;
    EXPECT_TRUE(lines(ran.out)[1].starts_with("exchange simulator: password: ")) << ran.out;
}

TEST_F(CheckConnect, AJournalThatTheAgentCouldNotUseIsALineThatNamesIt) {
    const std::string crm = world::read(world.folder.path / "crm.sqlite");
    world::write(world.journal(), crm);
    const Ran ran = check();
    EXPECT_EQ(ran.exit, 3);
    EXPECT_EQ(
        lines(ran.out),
        (Lines{
            "journal " + world.journal() +
                ": this is the database of the embedded CRM; name another file in <journal file>",
            crm_line(),
            reachable(anna),
            reachable(ben)})
    );
    EXPECT_EQ(world::read(world.journal()), crm);
    std::filesystem::remove(world.journal());
    agent::Journal::open(world.journal()).value();
    EXPECT_EQ(check().exit, 0);
}

TEST_F(CheckConnect, ACrmThatCannotBeOpenedDoesNotHideTheMailboxes) {
    std::filesystem::remove(world.folder.path / "crm.sqlite");
    const Ran ran = check();
    EXPECT_EQ(ran.exit, 3);
    ASSERT_EQ(lines(ran.out).size(), 3U) << ran.out;
    EXPECT_NE(lines(ran.out)[0].find("cannot be opened"), std::string::npos) << ran.out;
    EXPECT_EQ(lines(ran.out)[1], reachable(anna));
}

}  // namespace
