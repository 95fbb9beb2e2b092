#include "agent/decision_json.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/agent/story.hpp"

namespace {

using rules::Disposition;

rules::Decision there_and_back(const rules::Decision& decision) {
    const auto text = boost::json::serialize(agent::to_json(decision));
    return agent::decision_from_json(text).value();
}

TEST(DecisionJson, ADecisionComesBackAsItWent) {
    EXPECT_EQ(there_and_back(agent_test::full_decision()), agent_test::full_decision());
}

TEST(DecisionJson, AnEmptyDecisionComesBackAsItWent) {
    EXPECT_EQ(there_and_back({}), rules::Decision{});
}

TEST(DecisionJson, EveryNameComesBackAsItWent) {
    rules::Decision decision;
    using enum rules::Outcome;
    using enum rules::Position;
    for (const auto outcome :
         {user, contact, lead, create_contact, create_lead, unmatched, blocked, duplicate}) {
        for (const auto position : {from, reply_to, to, cc, bcc}) {
            decision.addressees.push_back({"a@b.example", position, outcome, {}, {}, ""});
        }
    }
    using enum rules::Disposition::Move;
    for (const auto move : {none, inbox, sent_items, stay}) {
        for (const auto verdict :
             {rules::Verdict::archive,
              rules::Verdict::skip,
              rules::Verdict::hold,
              rules::Verdict::fail}) {
            decision.verdict = verdict;
            decision.disposition.move = move;
            decision.disposition.purge = !decision.disposition.purge;
            decision.disposition.copy = decision.disposition.purge;
            decision.again = decision.disposition.purge;
            EXPECT_EQ(there_and_back(decision), decision);
        }
    }
}

// A mail may call its attachment anything; what the journal holds must be readable all the same.
TEST(DecisionJson, BytesThatAreNoUtf8ComeBackAsTheyWent) {
    rules::Decision decision;
    decision.attachments = {{"caf\xe9.pdf", true, ""}};
    EXPECT_EQ(there_and_back(decision), decision);
}

TEST(DecisionJson, WritesTheKeysOfTheContract) {
    EXPECT_EQ(
        boost::json::serialize(agent::to_json(agent_test::full_decision()).at("disposition")),
        R"({"move":"inbox","purge":false,"copy":true,"categories_add":["Processing Complete"],)"
        R"("categories_remove":["Processing Error"]})"
    );
    EXPECT_EQ(
        boost::json::serialize(agent::to_json(agent_test::full_decision()).at("addressees").at(1)),
        R"({"address":"bob@us.example","position":"cc","outcome":"blocked","record":null,)"
        R"("why":"one of us","reference":null,"others":[]})"
    );
    EXPECT_EQ(
        boost::json::serialize(agent::to_json(rules::Decision{}).at("disposition")),
        R"({"move":null,"purge":false,"copy":false,"categories_add":[],"categories_remove":[]})"
    );
}

TEST(DecisionJson, WhatIsNoDecisionGivesNothing) {
    const auto whole = boost::json::serialize(agent::to_json(agent_test::full_decision()));
    for (const std::string& text :
         {std::string(),
          std::string("null"),
          std::string("{}"),
          std::string("["),
          std::string("\xff"),
          whole.substr(0, whole.size() / 2),
          whole + "x"}) {
        EXPECT_EQ(agent::decision_from_json(text), std::nullopt) << text;
    }
}

TEST(DecisionJson, AnUnknownNameGivesNothing) {
    auto object = agent::to_json(agent_test::full_decision());
    object["verdict"] = "archived";
    EXPECT_EQ(agent::decision_from_json(boost::json::serialize(object)), std::nullopt);
    object = agent::to_json(agent_test::full_decision());
    object["links"].as_array()[0].as_object()["kind"] = "planet";
    EXPECT_EQ(agent::decision_from_json(boost::json::serialize(object)), std::nullopt);
}

}  // namespace
