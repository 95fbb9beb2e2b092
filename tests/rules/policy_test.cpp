#include "rules/policy.hpp"

#include <gtest/gtest.h>

namespace {

TEST(Policy, EachDoorHasItsOwnOptions) {
    rules::Policy policy;
    policy.smart_convert.match.match_leads = true;
    policy.sent_items.creation.people = true;
    const auto drop = rules::role("create-new/case").value();
    const auto assign = rules::role("assign-to/case/17").value();
    const auto inbox = rules::role("inbox").value();
    const auto sent = rules::role("sent-items").value();
    EXPECT_EQ(&match_of(policy, drop), &policy.smart_convert.match);
    EXPECT_EQ(&match_of(policy, assign), &policy.smart_convert.match);
    EXPECT_EQ(&creation_of(policy, drop), &policy.smart_convert.creation);
    EXPECT_EQ(capture_of(policy, drop), nullptr);
    EXPECT_EQ(&match_of(policy, inbox), &policy.inbox.match);
    EXPECT_EQ(&creation_of(policy, sent), &policy.sent_items.creation);
    EXPECT_EQ(capture_of(policy, sent), &policy.sent_items);
}

TEST(Policy, TheWordsForSeveralContactsAreThoseOfTheFile) {
    EXPECT_EQ(to_text(rules::SeveralContacts::one), "one");
    EXPECT_EQ(to_text(rules::SeveralContacts::all), "all");
    EXPECT_EQ(to_text(rules::SeveralContacts::error), "error");
}

TEST(Policy, TheWordsForAMissingRightAreThoseOfTheFile) {
    EXPECT_EQ(to_text(rules::OnForbidden::retry), "retry");
    EXPECT_EQ(to_text(rules::OnForbidden::rollback), "rollback");
    EXPECT_EQ(to_text(rules::OnForbidden::ignore), "ignore");
}

}  // namespace
