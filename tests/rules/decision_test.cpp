#include "rules/decision.hpp"

#include <gtest/gtest.h>

namespace {

// The words are a contract: `explain --json`.
TEST(Decision, TheWordsOfTheCommandLineAreStable) {
    using rules::Outcome, rules::Verdict, rules::Disposition;
    EXPECT_EQ(to_text(Verdict::archive), "archive");
    EXPECT_EQ(to_text(Verdict::skip), "skip");
    EXPECT_EQ(to_text(Verdict::hold), "hold");
    EXPECT_EQ(to_text(Verdict::fail), "fail");
    EXPECT_EQ(to_text(Outcome::user), "user");
    EXPECT_EQ(to_text(Outcome::contact), "contact");
    EXPECT_EQ(to_text(Outcome::lead), "lead");
    EXPECT_EQ(to_text(Outcome::create_contact), "create-contact");
    EXPECT_EQ(to_text(Outcome::create_lead), "create-lead");
    EXPECT_EQ(to_text(Outcome::unmatched), "unmatched");
    EXPECT_EQ(to_text(Outcome::blocked), "blocked");
    EXPECT_EQ(to_text(Outcome::duplicate), "duplicate");
    EXPECT_EQ(rules::to_text(Disposition::Move::none), "null");
    EXPECT_EQ(rules::to_text(Disposition::Move::inbox), "inbox");
    EXPECT_EQ(rules::to_text(Disposition::Move::sent_items), "sent-items");
    EXPECT_EQ(rules::to_text(Disposition::Move::stay), "stay");
}

}  // namespace
