// The life of a policy as an admin has it in hand: switched off and on in the middle of the work,
// and a new name of its category. The whole agent, the simulator and the embedded CRM in one
// process; the commands run beside it.
#include <gtest/gtest.h>

#include "agent/limits.hpp"
#include "tests/agent/live.hpp"

namespace {

using agent::State;
using live::anna;
using live::ben;
using live::customer;
using live::emails;
using live::Gate;
using live::Live;
using live::mail;

constexpr const char* pending = "Pending";
constexpr std::size_t backlog = 200;  // read ten at a time

class PolicyLife : public testing::Test {
protected:
    Live agent_;
};

// G1.1: disabling stops new work within 5 s and leaves no half-done item.
TEST_F(PolicyLife, DisablingEndsTheMailThatIsUnderWayAndLeavesTheOthersAsTheyWere) {
    static_assert(agent::limits::look_again <= std::chrono::seconds(5));
    agent_.start();
    agent_.listen();
    {
        Gate gate(agent_.exchange);
        agent_.be_in_the_middle_of(backlog, gate);
        const auto ran = agent_.admin({"policy", "disable", "Sales"});
        EXPECT_EQ(ran.exit, 0) << ran.err;
        agent_.answered();
        const std::size_t archived = agent_.mails().size();
        gate.open();
        agent_.await_log("warning disabled policy=Sales");
        const std::size_t now = agent_.logged("info filed");
        EXPECT_GE(now, archived);
        EXPECT_LE(now, archived + agent::limits::together) << "and those that go along with it";
    }
    const std::size_t filed = agent_.logged("info filed");
    EXPECT_LT(filed, backlog);
    EXPECT_EQ(agent_.count(State::done), filed);
    EXPECT_EQ(agent_.count(State::queued), backlog - filed);
    EXPECT_EQ(agent_.mails().size(), filed);
    EXPECT_EQ(agent_.carrying("Processing Complete", "inbox"), filed);
    EXPECT_EQ(agent_.exchange.items(anna, emails).size(), backlog - filed);
    for (const auto& item : agent_.exchange.items(anna, emails)) {
        EXPECT_TRUE(item.categories.empty())
            << item.subject << " carries " << item.categories.front();
    }
}

// G1.1: a disabled policy causes zero mailbox and CRM writes; enabling starts within 60 s.
TEST_F(PolicyLife, ADisabledPolicyAsksExchangeNothingAndIsTakenUpWhereItStoodWhenItIsEnabled) {
    agent_.start();
    agent_.listen();
    {
        Gate gate(agent_.exchange);
        agent_.be_in_the_middle_of(backlog, gate);
        ASSERT_EQ(agent_.admin({"policy", "disable"}).exit, 0);
        agent_.answered();
        gate.open();
        agent_.await_log("warning disabled");
    }
    const auto asked = agent_.exchange.requests();
    const std::string crm = agent_.crm_text();
    agent_.drop(mail(customer, "dropped-meanwhile"));
    const std::string wanted =
        agent_.exchange.deliver(anna, "inbox", mail(customer, "wanted-meanwhile"));
    agent_.exchange.categorise(anna, wanted, {"Company CRM"});
    agent_.seconds_pass();
    EXPECT_EQ(agent_.exchange.requests(), asked);
    EXPECT_EQ(agent_.crm_text(), crm);
    ASSERT_EQ(agent_.admin({"policy", "enable"}).exit, 0);
    agent_.pump([&] { return agent_.count(State::done) == backlog + 2; });
    EXPECT_EQ(agent_.mails().size(), backlog + 2);
    EXPECT_TRUE(agent_.exchange.items(anna, emails).empty());
    EXPECT_EQ(agent_.exchange.items(anna, "inbox").size(), backlog + 2);
    EXPECT_EQ(agent_.carrying("Processing Complete", "inbox"), backlog + 2);
    EXPECT_EQ(agent_.carrying(pending, "inbox"), 0U);
}

// G1.1, of one policy among others.
TEST(PolicyLives, DisablingOnePolicyLeavesTheOtherAtWork) {
    Live agent({anna, ben});
    world::write(
        agent.folder.path / "support.xml",
        live::replaced(world::read(agent.policy_file()), "name=\"Sales\"", "name=\"Support\"")
    );
    agent.change_config(
        "    <mailbox address=\"ben@us.example\"/>\n",
        "  </policy>\n  <policy file=\"support.xml\" exchange=\"simulator\" crm=\"embedded\">\n"
        "    <mailbox address=\"ben@us.example\"/>\n"
    );
    agent.start();
    agent.listen();
    ASSERT_EQ(agent.admin({"policy", "disable", "Support"}).exit, 0);
    agent.await_log("info reloaded");
    agent.pump([&] { return agent.listening(anna) == 2; });
    agent.drop(mail(customer, "for-nobody"), ben);
    agent.drop(mail(customer, "for-sales"));
    agent.pump([&] { return agent.count(State::done) == 1; });
    agent.seconds_pass();
    EXPECT_EQ(agent.mails().size(), 1U);
    EXPECT_EQ(agent.exchange.items(ben, emails).size(), 1U);
    EXPECT_EQ(agent.listening(ben), 1U);
}

/// Of folders below msgfolderroot and its children, "NAME ID".
std::vector<std::string> folders_without(const Live& agent, const std::string& name) {
    std::vector<std::string> folders;
    for (const auto& one : agent.exchange.folders(anna)) {
        folders.push_back(
            (one.display_name == name ? "the master folder" : one.display_name) + " " + one.id
        );
    }
    return folders;
}

const std::string renamed = "Customer Files";

// G1.2: editing the frozen name of the category and reloading is refused, with the way out; the old
// one is active.
TEST_F(PolicyLife, AnEditedNameOfTheCategoryIsRefusedByAReloadWithTheCommandThatAllowsIt) {
    agent_.start();
    agent_.listen();
    agent_.change_policy("name=\"Company CRM\"", "name=\"" + renamed + "\"");
    agent_.service->reload();
    const std::string told = agent_.line("error invalid");
    for (const std::string& part :
         {agent_.policy_file().string(),
          renamed,
          std::string("Company CRM"),
          "mailferry policy reinitialise --category --config " + agent_.config_file().string(),
          std::string("so=\"the old one stays active\"")}) {
        EXPECT_NE(told.find(part), std::string::npos) << part << " is not in: " << told;
    }
    EXPECT_TRUE(agent_.has_folder(anna, "Company CRM"));
    agent_.drop(mail(customer, "offer"));
    agent_.pump([&] { return agent_.count(State::done) == 1; });
    EXPECT_FALSE(agent_.has_folder(anna, renamed));
    EXPECT_EQ(agent_.logged("info reloaded"), 0U);
}

// G1.2: the same at a start.
TEST_F(PolicyLife, AStartWithAnEditedNameOfTheCategoryIsRefused) {
    agent_.start();
    agent_.listen();
    agent_.stop();
    agent_.change_policy("name=\"Company CRM\"", "name=\"" + renamed + "\"");
    const auto asked = agent_.exchange.requests();
    agent::Service again(agent_.context, agent_.config_file(), agent_.clock, [] {});
    ASSERT_FALSE(again.start(agent_.config()));
    const auto ran = agent_.admin({"run"});
    EXPECT_EQ(ran.exit, 3);
    EXPECT_NE(
        ran.err.find(
            "mailferry policy reinitialise --category --config " + agent_.config_file().string()
        ),
        std::string::npos
    ) << ran.err;
    EXPECT_EQ(agent_.exchange.requests(), asked);
}

// G1.2: by the command the folder gets the new name; its identity and what lies in it stay.
TEST_F(PolicyLife, TheCommandRenamesTheMasterFolderInTheMailboxAndMakesNoSecondOne) {
    agent_.start();
    agent_.listen();
    const std::string kept = agent_.exchange.deliver(anna, "Company CRM", mail(customer, "kept"));
    agent_.rest();
    const auto before = folders_without(agent_, "Company CRM");
    agent_.change_policy("name=\"Company CRM\"", "name=\"" + renamed + "\"");
    const auto ran = agent_.admin({"policy", "reinitialise", "--category"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_NE(
        ran.out.find("anna@us.example: the folder will be \"Customer Files\""),
        std::string::npos
    ) << ran.out;
    agent_.pump([&] { return agent_.listening(anna) == 2; });
    EXPECT_EQ(
        agent_.logged(
            "info renamed mailbox=anna@us.example from=\"Company CRM\" to=\"Customer Files\""
        ),
        1U
    );
    EXPECT_EQ(folders_without(agent_, renamed), before);
    EXPECT_FALSE(agent_.has_folder(anna, "Company CRM"));
    ASSERT_EQ(agent_.exchange.items(anna, renamed).size(), 1U);
    EXPECT_EQ(agent_.exchange.items(anna, renamed).front().id, kept);
    agent_.drop(mail(customer, "dropped"));
    const std::string wanted = agent_.exchange.deliver(anna, "inbox", mail(customer, "wanted"));
    agent_.exchange.categorise(anna, wanted, {renamed});
    agent_.pump([&] { return agent_.count(State::done) == 2; });
    EXPECT_EQ(agent_.mails().size(), 2U);
    EXPECT_EQ(
        agent_.admin({"policy", "reinitialise", "--category"}).out,
        "every folder has the name of its category already\n"
    );
}

// G1.2: where the user has a folder of the new name herself, two are left; that is said, and not
// that one was renamed.
TEST_F(PolicyLife, WhereTheUserHasAFolderOfTheNewNameTheOldOneIsNotPassedOverInSilence) {
    agent_.start();
    agent_.listen();
    agent_.exchange.create_folder(anna, renamed);
    agent_.change_policy("name=\"Company CRM\"", "name=\"" + renamed + "\"");
    ASSERT_EQ(agent_.admin({"policy", "reinitialise", "--category"}).exit, 0);
    agent_.await_log("info reloaded");
    agent_.rest();
    EXPECT_TRUE(agent_.has_folder(anna, "Company CRM"));
    EXPECT_EQ(agent_.logged("info renamed"), 0U) << agent_.line("info renamed");
    const bool said = std::ranges::any_of(agent_.log, [](const std::string& line) {
        return !line.starts_with("info") && line.find("Company CRM") != std::string::npos &&
               line.find(renamed) != std::string::npos;
    });
    EXPECT_TRUE(said) << "no warning or error names both folders";
}

// G1.2: without a running agent the next start does it.
TEST_F(PolicyLife, TheNextStartRenamesTheMasterFolderOnce) {
    agent_.start();
    agent_.listen();
    agent_.stop();
    const auto before = folders_without(agent_, "Company CRM");
    agent_.change_policy("name=\"Company CRM\"", "name=\"" + renamed + "\"");
    ASSERT_EQ(agent_.admin({"policy", "reinitialise", "--category"}).exit, 0);
    for (const std::size_t start : {2U, 3U}) {
        agent_.start();
        agent_.pump([&] { return agent_.listening(anna) == start; });
        agent_.stop();
    }
    EXPECT_EQ(agent_.logged("info renamed"), 1U);
    EXPECT_EQ(folders_without(agent_, renamed), before);
}

// G1.10: a mailbox in two policies is refused at validation, so it is by a reload.
TEST_F(PolicyLife, AMailboxInTwoPoliciesIsRefusedByCheckAndByAReload) {
    agent_.start();
    agent_.listen();
    world::write(
        agent_.folder.path / "support.xml",
        live::replaced(world::read(agent_.policy_file()), "name=\"Sales\"", "name=\"Support\"")
    );
    agent_.change_config(
        "</mailferry>",
        "  <policy file=\"support.xml\" exchange=\"simulator\" crm=\"embedded\">\n"
        "    <mailbox address=\"Anna@US.example\"/>\n  </policy>\n</mailferry>"
    );
    const std::string refusal =
        ": anna@us.example is named twice: a mailbox stands in one policy only";
    const auto ran = command_line::run({"check", agent_.config_file().string()});
    EXPECT_EQ(ran.exit, 2);
    EXPECT_NE((ran.out + ran.err).find(refusal), std::string::npos) << ran.out << ran.err;
    agent_.service->reload();
    EXPECT_NE(agent_.line("error invalid").find(refusal), std::string::npos)
        << agent_.line("error invalid");
    agent_.drop(mail(customer, "offer"));
    agent_.pump([&] { return agent_.count(State::done) == 1; });
}

}  // namespace
