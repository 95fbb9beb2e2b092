#include "rules/match/person.hpp"

#include "tests/rules/story.hpp"

namespace {

struct Result {
    rules::PersonMatch match;
    std::string trace;
};

Result match(const std::string& lines, rules::MatchOptions options) {
    const auto facts = story::crm(lines);
    rules::Trace trace;
    Result result;
    const rules::Addressee addressee{"x", "x", "", "", rules::Position::to};
    const auto found = facts.people.find("x");
    const rules::Person nobody;
    result.match = match_person(
        addressee, found == facts.people.end() ? nobody : found->second, options, {}, trace
    );
    for (const auto& step : trace)
        result.trace += step.stage + ": " + step.seen + ": " + step.verdict + "\n";
    return result;
}

Result match(const std::string& lines, bool leads = true) {
    rules::MatchOptions options;
    options.match_leads = leads;
    return match(lines, options);
}

TEST(MatchPerson, TheTraceShowsTheOrder) {
    EXPECT_EQ(
        match("").trace,
        "user: none: next: contact\ncontact: none: next: lead\nlead: none: unknown to the CRM\n"
    );
    EXPECT_EQ(
        match("x lead l1").trace,
        "user: none: next: contact\ncontact: none: next: lead\nlead: l1: linked\n"
    );
    EXPECT_EQ(
        match("x lead l1\nx contact c1").trace, "user: none: next: contact\ncontact: c1: linked\n"
    );
    EXPECT_EQ(
        match("x lead l1\nx contact c1\nx user u1").trace, "user: u1: linked as user; ends here\n"
    );
}

TEST(MatchPerson, WithoutTheOptionALeadIsNotLookedFor) {
    const auto result = match("x lead l1", false);
    EXPECT_EQ(result.match.outcome, rules::Outcome::unmatched);
    EXPECT_EQ(result.match.why, "no user and no contact has this address");
    EXPECT_EQ(
        result.trace,
        "user: none: next: contact\ncontact: none: leads are not matched (match-leads)\n"
    );
}

TEST(MatchPerson, OfSeveralUsersTheLowestIdIsTaken) {
    EXPECT_EQ(story::shown(match("x user u9\nx user u1").match.record), "user:u1");
}

TEST(MatchPerson, AConvertedLeadStandsForItsContact) {
    const auto result = match("x lead l1 became=c9\nx lead l2");
    EXPECT_EQ(result.match.outcome, rules::Outcome::contact);
    EXPECT_EQ(story::shown(result.match.record), "contact:c9");
    EXPECT_EQ(result.match.why, "lead l1 became contact c9");
}

TEST(MatchPerson, ATieIsToldToTheAdmin) {
    EXPECT_EQ(
        match("x contact 1\nx contact 2").match.why,
        "contact 1 has this address; 2 share the address; taken for the lowest id"
    );
}

TEST(MatchPerson, WhereUsersAreNotExclusiveTheyArePassedOver) {
    rules::MatchOptions options;
    options.exclusive_users = false;
    EXPECT_EQ(
        match("x user u1\nx contact c1", options).trace,
        "user: u1: passed over (exclusive-users=\"false\"); next: contact\ncontact: c1: linked\n"
    );
    EXPECT_EQ(match("x user u1", options).match.outcome, rules::Outcome::unmatched);
}

TEST(MatchPerson, ByOptionAllContactsWithTheAddressAreLinkedTheChosenOneFirst) {
    rules::MatchOptions options;
    options.several_contacts = rules::SeveralContacts::all;
    const auto result = match("x contact 10\nx contact 9 modified=5\nx contact 2\nx contact 2 field=1", options);
    EXPECT_EQ(story::shown(result.match.record), "contact:9");
    ASSERT_EQ(result.match.others.size(), 2U);
    EXPECT_EQ(story::shown(result.match.others[0]), "contact:2");
    EXPECT_EQ(story::shown(result.match.others[1]), "contact:10");
    EXPECT_EQ(
        result.trace,
        "user: none: next: contact\n"
        "contact: 9; 3 share the address; taken for the latest change: linked, and 2 more\n"
    );
    EXPECT_TRUE(match("x contact 1\nx contact 1 field=2", options).match.others.empty());
}

TEST(MatchPerson, ByOptionSeveralContactsAreAnError) {
    rules::MatchOptions options;
    options.several_contacts = rules::SeveralContacts::error;
    const auto result = match("x contact 2\nx contact 1", options);
    EXPECT_TRUE(result.match.ambiguous);
    EXPECT_EQ(
        result.match.why, "contacts 1, 2 share this address (several-contacts=\"error\")"
    );
    EXPECT_FALSE(match("x contact 1\nx contact 1 field=2", options).match.ambiguous);
}

}  // namespace
