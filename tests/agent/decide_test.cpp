#include "agent/decide.hpp"

#include <gtest/gtest.h>

#include <boost/asio/awaitable.hpp>

#include "rules/create/record.hpp"
#include "tests/agent/run.hpp"
#include "tests/agent/story.hpp"
#include "tests/fakes/directory.hpp"

namespace {

using agent::decide;
using agent_test::run;

/// Answers every question with `answer`, whatever was asked.
class DeafDirectory final : public crm::Directory {
public:
    rules::Facts facts;
    int asked = 0;

    boost::asio::awaitable<crm::Result<rules::Facts>> answer(rules::Need) override {
        ++asked;
        co_return facts;
    }
    boost::asio::awaitable<crm::Result<crm::Known>> known(std::set<std::string>) override {
        co_return crm::Known{};
    }
};

TEST(Decide, AsksUntilItKnowsEnough) {
    fakes::Directory directory;
    directory.facts.people[agent_test::anna].users = {{"u1", "Anna"}};
    const auto policy = agent_test::policy();
    const auto read = agent_test::read(agent_test::offer());
    const auto decision = run(decide(policy, read, directory)).value();
    EXPECT_EQ(decision.verdict, rules::Verdict::archive);
    EXPECT_EQ(decision.create.size(), 3U);
    ASSERT_EQ(directory.asked.size(), 2U);
    rules::Need people, accounts;
    people.people = {"ann@acme.example", agent_test::anna};
    people.keys = {
        rules::mail_key(read.mail), "opportunity:" + read.mail.fingerprint};  // asked along
    accounts.accounts = {"acme.example"};
    EXPECT_EQ(directory.asked[0], people);
    EXPECT_EQ(directory.asked[1], accounts);
}

TEST(Decide, WhatWasAnsweredUnaskedIsNotAskedAgain) {
    DeafDirectory directory;
    directory.facts.people["ann@acme.example"] = {};
    directory.facts.people[agent_test::anna] = {};
    directory.facts.accounts["acme.example"] = {{"a7", "Acme"}};
    const auto policy = agent_test::policy();
    const auto read = agent_test::read(agent_test::offer());
    ASSERT_TRUE(run(decide(policy, read, directory)));
    EXPECT_EQ(directory.asked, 1);
}

TEST(Decide, TheErrorOfTheCrmIsTheErrorOfTheDecision) {
    fakes::Directory directory;
    directory.failures[2] = {crm::errc::unreachable, "no connection", {}};
    const auto policy = agent_test::policy();
    const auto read = agent_test::read(agent_test::offer());
    const auto decision = run(decide(policy, read, directory));
    ASSERT_FALSE(decision);
    EXPECT_EQ(decision.error(), (agent::Error{agent::errc::unreachable, "no connection", {}}));
}

TEST(Decide, AQuestionThatStaysUnansweredEndsIt) {
    DeafDirectory directory;
    directory.facts.people["ann@acme.example"] = {};
    const auto policy = agent_test::policy();
    const auto read = agent_test::read(agent_test::offer());
    const auto decision = run(decide(policy, read, directory));
    ASSERT_FALSE(decision);
    EXPECT_EQ(decision.error().code, agent::errc::permanent);
    EXPECT_EQ(
        decision.error().text,
        "the CRM left a question of the rules unanswered (a bug, please report)"
    );
    EXPECT_EQ(directory.asked, 1);
}

TEST(Decide, WhatWasOddInTheReadingOpensTheTrace) {
    fakes::Directory directory;
    const auto policy = agent_test::policy();
    auto read = agent_test::read(agent_test::offer());
    read.message.problems = {{"header Date", "is in the future"}, {"part 1", "bad base64"}};
    const auto decision = run(decide(policy, read, directory)).value();
    ASSERT_GT(decision.trace.size(), 2U);
    const rules::TraceStep first{"reading", "header Date", "is in the future", "read on"};
    const rules::TraceStep second{"reading", "part 1", "bad base64", "read on"};
    EXPECT_EQ(decision.trace[0], first);
    EXPECT_EQ(decision.trace[1], second);
    EXPECT_EQ(decision.trace[2].stage, "policy");
}

TEST(Decide, KindOfMailAndBrokenFilesAreTracedToo) {
    fakes::Directory directory;
    const auto policy = agent_test::policy();
    const auto read = agent_test::read(
        "From: ann@acme.example\r\nTo: anna@us.example\r\nAuto-Submitted: auto-replied\r\n"
        "Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        "UE*RG\r\n"
    );
    const auto decision = run(decide(policy, read, directory)).value();
    ASSERT_GT(decision.trace.size(), 2U);
    const rules::TraceStep kind{"reading", "auto-reply", "Auto-Submitted: auto-replied", "noted"};
    const rules::TraceStep file{
        "reading", "attachment a.pdf", "1 error in its transfer encoding", "read on"};
    EXPECT_EQ(decision.trace[0], kind);
    EXPECT_EQ(decision.trace[1], file);
}

}  // namespace
