#include "agent/frozen.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "tests/agent/story.hpp"

namespace {

using namespace std::chrono_literals;
using agent_test::anna;

const char* const bob = "bob@us.example";
const agent::Time made{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 9h};

/// One policy with that category, for Anna and Bob.
agent::Config config(const std::string& category) {
    agent::PolicyConfig policy;
    policy.file = "sales.xml";
    policy.policy = agent_test::policy();
    policy.policy.category.name = category;
    policy.mailboxes = {{{anna, "ann@us.example"}}, {{bob}}};
    agent::Config config;
    config.policies = {policy};
    return config;
}

class Frozen : public testing::Test {
protected:
    /// "" where nothing stands against it.
    std::string refused(const agent::Config& config, const std::string& file = "/etc/ferry.xml") {
        const auto checked = check_frozen(config, *journal_, file);
        if (checked) return "";
        EXPECT_EQ(checked.error().code, agent::errc::permanent);
        return checked.error().text;
    }
    std::vector<std::string> to_rename(const std::string& category) {
        return agent::to_rename(config(category).policies.front(), *journal_).value();
    }

    std::unique_ptr<agent::Journal> journal_ = agent::Journal::open(":memory:").value();
};

TEST_F(Frozen, IsNoNameBeforeTheFirstFolderWasMade) {
    EXPECT_EQ(refused(config("CRM")), "");
    ASSERT_TRUE(journal_->note_cycle(anna, made));
    EXPECT_EQ(refused(config("CRM")), "") << "a cycle was tried, no folder made";
    EXPECT_TRUE(to_rename("CRM").empty());
}

TEST_F(Frozen, IsTheNameOnceTheFoldersWereMade) {
    ASSERT_TRUE(journal_->freeze(anna, "Company CRM", made));
    EXPECT_EQ(refused(config("Company CRM")), "");
    EXPECT_EQ(
        refused(config("CRM")),
        "sales.xml: the category is \"CRM\", but the folders of anna@us.example were made as "
        "\"Company CRM\" on "
        "2026-11-23, and the name is frozen since then: write it back, or, to have the folders "
        "renamed in every "
        "mailbox, run: mailferry policy reinitialise --category --config /etc/ferry.xml"
    );
    EXPECT_NE(refused(config("company crm")), "") << "the folder bears the name as it was written";
}

TEST_F(Frozen, TheWayOutIsToldAlsoWhereTheConfigurationIsNotKnown) {
    ASSERT_TRUE(journal_->freeze(anna, "Company CRM", made));
    const std::string text = refused(config("CRM"), "");
    EXPECT_TRUE(text.ends_with(" --config FILE")) << text;
}

TEST_F(Frozen, AnyMailboxOfThePolicyCounts) {
    ASSERT_TRUE(journal_->freeze(bob, "Company CRM", made));
    EXPECT_NE(refused(config("CRM")).find("the folders of bob@us.example"), std::string::npos);
    EXPECT_EQ(to_rename("CRM"), std::vector<std::string>{bob});
}

TEST_F(Frozen, AMailboxOfNoPolicyDoesNotCount) {
    ASSERT_TRUE(journal_->freeze("eve@us.example", "Company CRM", made));
    ASSERT_TRUE(journal_->freeze("ann@us.example", "Company CRM", made));  // not a primary address
    EXPECT_EQ(refused(config("CRM")), "");
    EXPECT_TRUE(to_rename("CRM").empty());
}

TEST_F(Frozen, APolicyThatIsDisabledMaySayWhatItLikes) {
    ASSERT_TRUE(journal_->freeze(anna, "Company CRM", made));
    agent::Config disabled = config("CRM");
    disabled.policies.front().policy.enabled = false;
    EXPECT_EQ(refused(disabled), "");
}

TEST_F(Frozen, TheSecondPolicyIsLookedAtToo) {
    ASSERT_TRUE(journal_->freeze(bob, "Company CRM", made));
    agent::Config both = config("Company CRM");
    both.policies.push_back(config("CRM").policies.front());
    both.policies.front().mailboxes = {{{anna}}};
    both.policies.back().mailboxes = {{{bob}}};
    both.policies.back().file = "service.xml";
    EXPECT_TRUE(refused(both).starts_with("service.xml: "));
}

TEST_F(Frozen, ANameThatAnAdminHasAcceptedMayBeTaken) {
    ASSERT_TRUE(journal_->freeze(anna, "Company CRM", made));
    ASSERT_TRUE(journal_->accept(anna, "CRM"));
    EXPECT_EQ(refused(config("CRM")), "");
    EXPECT_EQ(refused(config("Company CRM")), "") << "nothing was renamed yet";
    EXPECT_NE(refused(config("Sales")), "");
}

TEST_F(Frozen, OnceRenamedTheFirstNameIsAsForeignAsAnyOther) {
    ASSERT_TRUE(journal_->freeze(anna, "Company CRM", made));
    ASSERT_TRUE(journal_->freeze(bob, "Company CRM", made));
    EXPECT_EQ(to_rename("CRM"), (std::vector<std::string>{anna, bob}));
    ASSERT_TRUE(journal_->accept(anna, "CRM"));
    ASSERT_TRUE(journal_->freeze(anna, "CRM", made + 24h));
    EXPECT_EQ(to_rename("CRM"), std::vector<std::string>{bob});
    EXPECT_NE(
        refused(config("Company CRM")).find("made as \"CRM\" on 2026-11-24"), std::string::npos
    );
}

}  // namespace
