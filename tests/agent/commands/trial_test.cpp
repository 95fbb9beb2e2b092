// What `explain`, `replay` and `compare` accept as policy, CRM, mailbox and folder.
#include "agent/commands/trial.hpp"

#include <gtest/gtest.h>

#include "tests/agent/commands/sample_crm.hpp"

namespace {

using crm::embedded::Opening;

class TrialOfACommand : public command_line::SampleCrm {
protected:
    TrialOfACommand() { options.crm = url(); }

    /// The exit code, 0 if everything could be opened; what was said is in `said`.
    int open(Opening opening = Opening::read) {
        int exit = 4;
        testing::internal::CaptureStderr();
        trial = agent::open_trial(options, opening, exit);
        said = testing::internal::GetCapturedStderr();
        EXPECT_EQ(trial.has_value(), exit == 0);
        return exit;
    }

    /// The same for a policy file.
    int open_policy(const std::string& name) {
        int exit = 0;
        testing::internal::CaptureStderr();
        read = agent::open_policy(name, exit);
        said = testing::internal::GetCapturedStderr();
        EXPECT_EQ(read.has_value(), exit == 0);
        return exit;
    }

    void write_config() {
        options.config = write(
            "mailferry.xml",
            "<mailferry xmlns=\"urn:mailferry:config:1\">\n"
            "  <journal file=\"journal.sqlite\"/>\n"
            "  <exchange name=\"here\" url=\"https://mail.us.example/EWS/Exchange.asmx\" "
            "user=\"ferry\">\n"
            "    <password file=\"password\"/>\n"
            "  </exchange>\n"
            "  <crm name=\"embedded\" url=\"sqlite:crm.sqlite\"/>\n"
            "  <policy file=\"" +
                policy() +
                "\" exchange=\"here\" crm=\"embedded\">\n"
                "    <mailbox address=\"anna@us.example\"/>\n"
                "  </policy>\n"
                "</mailferry>\n"
        );
    }

    agent::TrialOptions options;
    std::optional<agent::Trial> trial;
    std::optional<rules::Policy> read;
    std::string said;
};

TEST_F(TrialOfACommand, HoldsTheCrmAndThePlaceOfTheMail) {
    options.mailbox = "Anna@US.example";
    options.folder = "assign-to/case/44";
    ASSERT_EQ(open(), 0) << said;
    EXPECT_EQ(
        trial->item.role,
        (rules::Role{rules::Role::Door::assign_to, rules::RecordKind::case_, "44"})
    );
    EXPECT_EQ(trial->item.owner.addresses, std::vector<std::string>{"anna@us.example"});
    EXPECT_NE(trial->crm, nullptr);
    EXPECT_EQ(said, "");
}

TEST_F(TrialOfACommand, WithoutAMailboxNobodyIsTheOwner) {
    ASSERT_EQ(open(), 0) << said;
    EXPECT_TRUE(trial->item.owner.addresses.empty());
    EXPECT_EQ(rules::to_text(trial->item.role), "create-new/email");
}

TEST_F(TrialOfACommand, FindsACrmByItsNameInTheConfiguration) {
    write_config();
    options.crm = "embedded";
    EXPECT_EQ(open(), 0) << said;
}

TEST_F(TrialOfACommand, AUrlNeedsNoConfigurationButOneThatIsNamedIsRead) {
    options.config.clear();
    EXPECT_EQ(open(), 0) << said;
    options.config = file("missing.xml");
    EXPECT_EQ(open(), 3) << said;
}

TEST_F(TrialOfACommand, ANameThatTheConfigurationDoesNotKnowIsWrongUsage) {
    write_config();
    options.crm = "other";
    EXPECT_EQ(open(), 2);
    EXPECT_EQ(said, "mailferry: " + options.config + ": there is no <crm name=\"other\">\n");
}

TEST_F(TrialOfACommand, ANameWithoutAConfigurationIsWrongUsage) {
    options.crm = "embedded";
    EXPECT_EQ(open(), 2);
    EXPECT_NE(said.find("\"embedded\" is no CRM"), std::string::npos) << said;
}

TEST_F(TrialOfACommand, AnInvalidConfigurationIsSaidWithThePlace) {
    write_config();
    world::write(
        options.config, "<mailferry xmlns=\"urn:mailferry:config:1\"><jornal/></mailferry>\n"
    );
    options.crm = "embedded";
    EXPECT_EQ(open(), 2);
    EXPECT_TRUE(said.starts_with(options.config + ":1:")) << said;
}

TEST_F(TrialOfACommand, AnUnknownRoleIsWrongUsage) {
    options.folder = "create-new/boat";
    EXPECT_EQ(open(), 2);
    EXPECT_EQ(said, "mailferry: --folder create-new/boat: no such role; write create-new/email, create-new/opportunity, "
        "create-new/case, create-new/project, create-new/quote, assign-to/KIND/ID, inbox or sent-items\n");
}

TEST_F(TrialOfACommand, AnInvalidPolicyIsSaidWithAllItsProblems) {
    const auto several = (world::samples() / "policies" / "invalid" / "several.xml").string();
    EXPECT_EQ(open_policy(several), 2);
    EXPECT_EQ(command_line::lines(said).size(), 6U) << said;
    EXPECT_TRUE(said.starts_with(several + ":1:53: ")) << said;
}

TEST_F(TrialOfACommand, APolicyThatIsMissingIsUnreachable) {
    EXPECT_EQ(open_policy(file("missing.xml")), 3);
    EXPECT_TRUE(said.starts_with(file("missing.xml") + ": ")) << said;
}

TEST_F(TrialOfACommand, AValidPolicyIsRead) {
    EXPECT_EQ(open_policy(policy()), 0);
    EXPECT_EQ(read->name, "Sales");
    EXPECT_EQ(said, "");
}

TEST_F(TrialOfACommand, ACrmThatIsMissingIsUnreachableAndIsNotMade) {
    for (const Opening opening : {Opening::read, Opening::write}) {
        options.crm = "sqlite:" + file("missing.sqlite");
        EXPECT_EQ(open(opening), 3);
        EXPECT_TRUE(said.starts_with("mailferry: " + file("missing.sqlite") + ": cannot be opened"))
            << said;
        EXPECT_FALSE(std::filesystem::exists(file("missing.sqlite")));
    }
}

TEST_F(TrialOfACommand, ThePolicyAndTheCrmMustBeNamed) {
    EXPECT_EQ(command_line::run({"explain", "--crm", url(), "x.eml"}).exit, 2);
    EXPECT_EQ(command_line::run({"explain", "--policy", policy(), "x.eml"}).exit, 2);
}

}  // namespace
