#include "rules/match/tie_break.hpp"

#include "tests/rules/story.hpp"

namespace {

rules::Choice<rules::Contact> choice(
    const std::string& lines, const rules::Preference& preference = {}
) {
    static rules::Facts facts;
    facts = story::crm(lines);
    return break_tie(facts.people.at("x").contacts, preference);
}

std::string told(const std::string& lines, const rules::Preference& preference = {}) {
    const auto chosen = choice(lines, preference);
    return chosen.record->id + (chosen.why.empty() ? "" : ": " + chosen.why);
}

const rules::Preference preference{{"u1"}, {"a2"}};

TEST(TieBreak, OneCandidateIsNoTie) {
    EXPECT_EQ(told("x contact c1"), "c1");
}

TEST(TieBreak, EachCriterionCountsBeforeTheNext) {
    EXPECT_EQ(
        told("x contact 1 field=1 owner=u1 account=a2 modified=9\nx contact 2", preference),
        "2: 2 share the address; taken for e-mail field 1, before the others"
    );
    EXPECT_EQ(
        told("x contact 1 account=a2 modified=9\nx contact 2 owner=u1", preference),
        "2: 2 share the address; taken for its owner, the mailbox's user"
    );
    EXPECT_EQ(
        told("x contact 1 account=a1 modified=9\nx contact 2 account=a2", preference),
        "2: 2 share the address; taken for its account, which another addressee has linked"
    );
    EXPECT_EQ(
        told("x contact 1 modified=8\nx contact 2 modified=9", preference),
        "2: 2 share the address; taken for the latest change"
    );
    EXPECT_EQ(
        told("x contact 10\nx contact 9", preference),
        "9: 2 share the address; taken for the lowest id"
    );
}

TEST(TieBreak, ACriterionThatLeavesTwoHandsThemToTheNext) {
    EXPECT_EQ(
        told(
            "x contact 1 owner=u1\nx contact 2 owner=u1 account=a2\nx contact 3 account=a2 "
            "modified=9",
            preference
        ),
        "2: 3 share the address; taken for its account, which another addressee has linked"
    );
}

TEST(TieBreak, OneContactFoundByTwoFieldsIsNoTie) {
    EXPECT_EQ(told("x contact c1\nx contact c1 field=2"), "c1");
}

TEST(TieBreak, OfLeadsTheFieldCountsFirstToo) {
    const auto facts = story::crm("x lead 1 field=2 owner=u1 modified=9\nx lead 2");
    const auto chosen = break_tie(facts.people.at("x").leads, preference);
    EXPECT_EQ(chosen.record->id, "2");
    EXPECT_EQ(chosen.why, "2 share the address; taken for e-mail field 1, before the others");
}

TEST(TieBreak, NumbersAreComparedByValueAndBeforeWords) {
    EXPECT_TRUE(rules::lower_id("9", "10"));
    EXPECT_FALSE(rules::lower_id("10", "9"));
    EXPECT_TRUE(rules::lower_id("10", "a"));
    EXPECT_FALSE(rules::lower_id("a", "10"));
    EXPECT_TRUE(rules::lower_id("a", "b"));
    EXPECT_FALSE(rules::lower_id("7", "7"));
    EXPECT_NE(rules::lower_id("07", "7"), rules::lower_id("7", "07"));
    EXPECT_TRUE(rules::lower_id("99999999999999999998", "99999999999999999999"));
}

}  // namespace
