#include "agent/missing_right.hpp"

#include <gtest/gtest.h>

#include "tests/agent/run.hpp"
#include "tests/agent/story.hpp"
#include "tests/fakes/archive.hpp"

namespace {

using agent::errc;
using agent::MissingRight;
using agent_test::run;
using rules::OnForbidden;
using rules::RecordKind;

const MissingRight no_deals{RecordKind::opportunity, "no access to opportunity"};

/// All operations react alike.
rules::PermissionErrors all(OnForbidden reaction) {
    return {reaction, reaction, reaction, reaction};
}

void create(fakes::Archive& crm, const rules::Create& create, std::string account = "") {
    crm::NewRecord record;
    record.key = create.key;
    record.kind = create.kind;
    if (!account.empty()) record.account = std::move(account);
    run(crm.create(record)).value();
}

TEST(MissingRight, EachKindHasItsReaction) {
    const rules::PermissionErrors errors{
        OnForbidden::ignore, OnForbidden::rollback, OnForbidden::retry, OnForbidden::rollback};
    const auto reaction = [&](RecordKind kind) { return agent::reaction_to({kind, ""}, errors); };
    EXPECT_EQ(reaction(RecordKind::account), OnForbidden::ignore);
    EXPECT_EQ(reaction(RecordKind::contact), OnForbidden::rollback);
    EXPECT_EQ(reaction(RecordKind::lead), OnForbidden::rollback);
    EXPECT_EQ(reaction(RecordKind::opportunity), OnForbidden::retry);
    EXPECT_EQ(reaction(RecordKind::case_), OnForbidden::retry);
    EXPECT_EQ(reaction(RecordKind::email), OnForbidden::rollback);
}

TEST(MissingRight, ToArchiveIsNeverIgnored) {
    EXPECT_EQ(
        agent::reaction_to({RecordKind::email, ""}, all(OnForbidden::ignore)), OnForbidden::retry
    );
}

TEST(MissingRight, WaitingSaysWhichRightAndWhatToDo) {
    fakes::Archive crm;
    const auto creations = agent_test::full_decision().create;
    const auto error = run(agent::stop(no_deals, all(OnForbidden::retry), creations, crm));
    EXPECT_EQ(error.code, errc::transient);
    EXPECT_EQ(
        error.text,
        "the CRM account lacks the right to create an opportunity (no access to opportunity); give "
        "it that right, and the mail goes on with its next try or with `mailferry queue retry`"
    );
    EXPECT_EQ(crm.calls, 0U);
}

TEST(MissingRight, TakingBackGoesFromTheLastToTheFirst) {
    fakes::Archive crm;
    const auto creations = agent_test::full_decision().create;
    create(crm, creations[0]);
    create(crm, creations[1], "1");
    const auto error = run(agent::stop(no_deals, all(OnForbidden::rollback), creations, crm));
    EXPECT_EQ(error.code, errc::permanent);
    EXPECT_EQ(
        error.text,
        "the CRM account lacks the right to create an opportunity (no access to opportunity); what "
        "it had created was taken back (2 records); give it that right, then `mailferry queue "
        "retry`"
    );
    const std::vector<std::string> keys{
        "opportunity:f", "contact:ann@acme.example", "account:acme.example"};
    EXPECT_EQ(crm.undo_calls, keys);
    EXPECT_TRUE(crm.records.empty());
}

TEST(MissingRight, WhatIsLeftOutInVainSaysWhy) {
    fakes::Archive crm;
    const MissingRight right{RecordKind::contact, "no access to contact"};
    const auto error = run(agent::stop(right, all(OnForbidden::ignore), {}, crm));
    EXPECT_EQ(error.code, errc::permanent);
    EXPECT_EQ(
        error.text,
        "the CRM account lacks the right to create a contact (no access to contact); without it "
        "the mail would be linked to nobody, so it was not archived; nothing had to be taken back; "
        "give it that right, then `mailferry queue retry`"
    );
}

TEST(MissingRight, ATakingBackThatFailsIsTriedAgainWhateverTheReason) {
    const auto creations = agent_test::full_decision().create;
    const std::vector<std::pair<crm::errc, errc>> expected{
        {crm::errc::busy, errc::unreachable},
        {crm::errc::unreachable, errc::unreachable},
        {crm::errc::forbidden, errc::transient},
        {crm::errc::refused, errc::transient}};
    for (const auto& [from, to] : expected) {
        fakes::Archive crm;
        crm.failures[2] = {from, "not now", std::chrono::milliseconds(700)};
        const auto error = run(agent::stop(no_deals, all(OnForbidden::rollback), creations, crm));
        EXPECT_EQ(error.code, to);
        EXPECT_EQ(error.back_off, std::chrono::milliseconds(700));
        EXPECT_EQ(
            error.text,
            "the CRM account lacks the right to create an opportunity (no access to opportunity), "
            "and contact:ann@acme.example could not be taken back yet: not now"
        );
    }
}

}  // namespace
