#include "agent/compare_decisions.hpp"

#include <gtest/gtest.h>

#include "tests/agent/story.hpp"

namespace {

using rules::Decision;
using rules::Disposition;
using rules::Outcome;
using rules::Position;
using rules::RecordKind;
using rules::Reference;
using rules::Verdict;
using Lines = std::vector<std::string>;
using Made = std::map<std::string, agent::MadeRecord>;

Lines compare(
    const Decision& before,
    const Decision& after,
    const Made& made_before = {},
    const Made& made_after = {}
) {
    return agent::compare_decisions({before, made_before}, {after, made_after});
}

/// Ann, whom the CRM knows as `id`.
Decision linked_to(const std::string& id) {
    const Reference ann{RecordKind::contact, id, false};
    Decision decision;
    decision.verdict = Verdict::archive;
    decision.addressees = {{"ann@acme.example", Position::from, Outcome::contact, ann, {}, ""}};
    decision.links = {ann};
    return decision;
}

Decision skipped(const std::string& reason) {
    Decision decision;
    decision.verdict = Verdict::skip;
    decision.reason = reason;
    decision.addressees = {
        {"ann@acme.example", Position::from, Outcome::unmatched, std::nullopt, {}, ""}};
    decision.disposition.categories_add = {"Missing Required Matches"};
    return decision;
}

TEST(CompareDecisions, EqualOnesDifferInNothing) {
    EXPECT_EQ(compare(agent_test::full_decision(), agent_test::full_decision()), Lines{});
}

TEST(CompareDecisions, FieldsAndAccountsOfWhatBothCreateAreTold) {
    auto after = agent_test::full_decision();
    after.create[1].account.reset();
    after.create[2].fields["stage"] = "First talk";
    after.body_suffix.clear();
    EXPECT_EQ(
        compare(agent_test::full_decision(), after),
        (Lines{
            "contact Ann Bo, account: account acme.example -> none",
            "opportunity Offer, stage: none -> First talk",
            "list of attachments: appended to the text -> none"})
    );
}

TEST(CompareDecisions, WhyAndTraceAreNoOutcome) {
    auto after = agent_test::full_decision();
    after.trace.clear();
    after.rule = "another";
    after.reason = "linked to somebody";
    after.addressees[0].why = "for another reason";
    after.attachments[0].why = "for another reason";
    EXPECT_EQ(compare(agent_test::full_decision(), after), Lines{});
}

TEST(CompareDecisions, AMailThatIsNoLongerArchived) {
    auto before = agent_test::full_decision();
    before.addressees = {
        {"ann@acme.example",
         Position::from,
         Outcome::create_contact,
         Reference{RecordKind::contact, "contact:ann@acme.example", true},
         {},
         ""}};
    before.disposition = {Disposition::Move::inbox, false, false, {"Processing Complete"}, {}};
    auto after = skipped("nobody matched");
    after.disposition.move = Disposition::Move::inbox;
    const Lines lines{
        "verdict: archive -> skip",
        "reason: nobody matched",
        "ann@acme.example (from): create-contact -> unmatched",
        "creates no longer: account acme.example",
        "creates no longer: contact Ann Bo",
        "creates no longer: opportunity Offer",
        "links no longer: user u7",
        "attachment offer.pdf: stored -> left out",
        "category: Processing Complete -> Missing Required Matches"};
    EXPECT_EQ(compare(before, after), lines);
}

TEST(CompareDecisions, AMailThatIsArchivedNow) {
    const Lines lines{
        "verdict: skip -> archive",
        "reason before: nobody matched",
        "ann@acme.example (from): unmatched -> contact 17",
        "links: contact 17",
        "category: Missing Required Matches -> none"};
    EXPECT_EQ(compare(skipped("nobody matched"), linked_to("17")), lines);
}

TEST(CompareDecisions, TwoReasonsAreBothTold) {
    EXPECT_EQ(compare(skipped("one"), skipped("other")), Lines{"reason: one -> other"});
}

TEST(CompareDecisions, IdsOfTheDryRunsMeanNothing) {
    const Made before{{"new:00000001", {"contact:ann@acme.example", "Ann Bo"}}};
    const Made after{{"new:00000009", {"contact:ann@acme.example", "Ann Bo"}}};
    EXPECT_EQ(
        compare(linked_to("new:00000001"), linked_to("new:00000009"), before, after), Lines{}
    );
    const Made other{{"new:00000001", {"contact:amy@acme.example", "Amy"}}};
    const Lines lines{
        "ann@acme.example (from): contact Ann Bo -> contact Amy",
        "links no longer: contact Ann Bo",
        "links: contact Amy"};
    EXPECT_EQ(compare(linked_to("new:00000001"), linked_to("new:00000001"), before, other), lines);
}

TEST(CompareDecisions, IdsOfTheDryRunsInAReasonAreNamed) {
    const Made before{{"new:00000001", {"contact:ann@acme.example", "Ann Bo"}}};
    const Made after{{"new:00000002", {"contact:ann@acme.example", "Ann Bo"}}};
    const auto one = skipped("contacts 4, new:00000001 share this address");
    EXPECT_EQ(
        compare(one, skipped("contacts 4, new:00000002 share this address"), before, after), Lines{}
    );
    EXPECT_EQ(
        compare(one, skipped("none"), before, after),
        Lines{"reason: contacts 4, Ann Bo share this address -> none"}
    );
}

TEST(CompareDecisions, APersonWhomAnEarlierMailHasMadeIsLinkedAsBefore) {
    const Made made{{"new:00000001", {"contact:ann@acme.example", "Ann Bo"}}};
    auto now = agent_test::full_decision();
    now.addressees.pop_back();
    now.create.erase(now.create.begin() + 2);
    now.create.erase(now.create.begin());
    now.links = {{RecordKind::contact, "contact:ann@acme.example", true}};
    now.attachments.clear();
    now.body_suffix.clear();
    now.disposition = {};
    const Lines lines{
        "ann@acme.example (from): contact Ann Bo -> create-contact", "creates: contact Ann Bo"};
    EXPECT_EQ(compare(linked_to("new:00000001"), now, made, {}), lines);
}

TEST(CompareDecisions, AddresseesAreThoseOfTheirPlaceInTheHeader) {
    auto before = linked_to("17");
    before.addressees.push_back(
        {"bob@us.example", Position::cc, Outcome::user, Reference{RecordKind::user, "u7"}, {}, ""}
    );
    auto after = linked_to("17");
    after.addressees.push_back(
        {"ann@acme.example", Position::reply_to, Outcome::duplicate, std::nullopt, {}, ""}
    );
    const Lines lines{
        "bob@us.example (cc): user u7 -> not looked at",
        "ann@acme.example (reply-to): not looked at -> duplicate"};
    EXPECT_EQ(compare(before, after), lines);
    before.addressees.clear();
    EXPECT_EQ(compare(before, after), Lines{"addressees are looked at"});
    EXPECT_EQ(compare(after, before), Lines{"addressees are not looked at"});
}

TEST(CompareDecisions, TheSameAddressTwiceAtOnePlaceIsComparedInOrder) {
    auto before = linked_to("17");
    before.addressees.push_back(before.addressees[0]);
    before.addressees[1].outcome = Outcome::duplicate;
    EXPECT_EQ(compare(before, before), Lines{});
    auto after = before;
    after.addressees[1].outcome = Outcome::blocked;
    EXPECT_EQ(compare(before, after), Lines{"ann@acme.example (from) again: duplicate -> blocked"});
}

TEST(CompareDecisions, OfSeveralCreationsOfOneNameTheNumberCounts) {
    auto before = linked_to("17");
    before.create = {{RecordKind::case_, "case:1", "Offer", {}, {}, {}}};
    auto after = before;
    after.create.push_back({RecordKind::case_, "case:2", "Offer", {}, {}, {}});
    EXPECT_EQ(compare(before, after), Lines{"creates: case Offer"});
}

TEST(CompareDecisions, AnAttachmentIsThatOfItsPlace) {
    auto before = linked_to("17");
    before.attachments = {{"a.pdf", true, ""}, {std::nullopt, false, ""}};
    auto after = before;
    after.attachments[1].stored = true;
    EXPECT_EQ(compare(before, after), Lines{"attachment (unnamed): left out -> stored"});
}

TEST(CompareDecisions, WhatBecomesOfTheMailIsToldInItsPlaces) {
    const auto moved = [](Disposition disposition) {
        auto decision = linked_to("17");
        decision.disposition = std::move(disposition);
        return decision;
    };
    using Move = Disposition::Move;
    const Lines lines{
        "mail: returned to Sent Items -> stays where it is",
        "category: none -> Red, Blue",
        "category removed: Green -> none"};
    EXPECT_EQ(
        compare(
            moved({Move::sent_items, false, false, {}, {"Green"}}),
            moved({Move::stay, false, false, {"Red", "Blue"}, {}})
        ),
        lines
    );
    EXPECT_EQ(
        compare(
            moved({Move::inbox, false, true, {}, {}}), moved({Move::none, true, false, {}, {}})
        ),
        Lines{"mail: the copy is removed -> deleted for good"}
    );
}

TEST(CompareDecisions, OfAFailureTheReasonIsToldAndNoDisposition) {
    auto failed = skipped("the CRM is full");
    failed.verdict = Verdict::fail;
    failed.disposition = {};
    const Lines lines{"verdict: skip -> fail", "reason: nobody matched -> the CRM is full"};
    EXPECT_EQ(compare(skipped("nobody matched"), failed), lines);
}

}  // namespace
