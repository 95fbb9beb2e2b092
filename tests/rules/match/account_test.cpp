#include "rules/match/account.hpp"

#include <gtest/gtest.h>

namespace {

TEST(MatchAccount, OfSeveralTheLowestIdIsTakenAndTheTraceTellsIt) {
    rules::Trace trace;
    const auto match =
        match_account("acme.example", {{"12", ""}, {"7", ""}, {"100", ""}}, {}, trace);
    EXPECT_EQ(match.account, (rules::Reference{rules::RecordKind::account, "7", false}));
    EXPECT_FALSE(match.create);
    ASSERT_EQ(trace.size(), 1U);
    EXPECT_EQ(trace[0].seen, "3 accounts, lowest id 7");
}

TEST(MatchAccount, WhereNoneIsFoundOneIsCreatedByOptionOnly) {
    rules::Trace trace;
    const auto created = match_account("acme.example", {}, {}, trace);
    ASSERT_TRUE(created.create);
    EXPECT_EQ(
        created.account,
        (rules::Reference{rules::RecordKind::account, "account:acme.example", true})
    );
    EXPECT_EQ(created.create->name, "acme.example");
    EXPECT_EQ(created.create->fields.at("domain"), "acme.example");
    rules::CreationOptions options;
    options.accounts = false;
    const auto none = match_account("acme.example", {}, options, trace);
    EXPECT_FALSE(none.create);
    EXPECT_FALSE(none.account);
}

TEST(HasAccount, OnlyRegisteredNames) {
    EXPECT_TRUE(rules::has_account("acme.example"));
    EXPECT_TRUE(rules::has_account("1und1.de"));
    EXPECT_FALSE(rules::has_account(""));
    EXPECT_FALSE(rules::has_account("localhost"));
    EXPECT_FALSE(rules::has_account("[10.0.0.1]"));
    EXPECT_FALSE(rules::has_account("10.0.0.1"));
}

}  // namespace
