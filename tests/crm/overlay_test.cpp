#include "crm/overlay/overlay.hpp"

#include <gtest/gtest.h>

#include "tests/crm/run.hpp"
#include "tests/fakes/directory.hpp"

namespace {

using crm::overlay::Overlay;
using rules::RecordKind;

class OverlayTest : public testing::Test {
protected:
    template <class T>
    T run(boost::asio::awaitable<T> coroutine) {
        return crm_test::run(context_, std::move(coroutine));
    }
    crm::NewRecord contact() {
        crm::NewRecord record;
        record.key = "contact:ann@acme.example";
        record.name = "Ann Bo";
        record.fields["email"] = "ann@acme.example";
        record.owner = "anna@us.example";
        return record;
    }

    boost::asio::io_context context_;
    fakes::Directory base_;
    Overlay overlay_{base_, [] { return std::chrono::sys_seconds(std::chrono::seconds(7)); }};
};

TEST_F(OverlayTest, TheAnswerHoldsWhatTheBaseKnowsAndWhatWasCreated) {
    rules::Contact known;
    known.id = "1";
    base_.facts.people["ann@acme.example"].contacts = {known};
    base_.facts.people["anna@us.example"].users = {{"9", "Anna"}};
    const auto created = run(overlay_.create(contact())).value();
    EXPECT_EQ(created.id, "new:00000001");
    rules::Need need;
    need.people = {"ann@acme.example"};
    const auto facts = run(overlay_.answer(need)).value();
    const auto& contacts = facts.people.at("ann@acme.example").contacts;
    ASSERT_EQ(contacts.size(), 2U);
    EXPECT_EQ(contacts[0].id, "1");
    EXPECT_EQ(contacts[1].id, "new:00000001");
    EXPECT_EQ(contacts[1].owner, "9");
    EXPECT_EQ(contacts[1].modified.time_since_epoch().count(), 7);
}

TEST_F(OverlayTest, ShowsWhatWasCreatedAndStored) {
    const auto ann = run(overlay_.create(contact())).value();
    crm::NewMail mail;
    mail.key = "mid:1";
    mail.subject = "Offer";
    mail.links = {{RecordKind::contact, ann.id}, {RecordKind::case_, "31"}};
    run(overlay_.store(mail)).value();
    mail.links = {{RecordKind::case_, "32"}, {RecordKind::case_, "31"}};
    run(overlay_.store(mail)).value();
    ASSERT_EQ(overlay_.created().size(), 1U);
    EXPECT_EQ(overlay_.created()[0].record.name, "Ann Bo");
    ASSERT_EQ(overlay_.stored().size(), 1U);
    const std::set<crm::Link> links{
        {RecordKind::contact, "new:00000001"},
        {RecordKind::case_, "31"},
        {RecordKind::case_, "32"}};
    EXPECT_EQ(overlay_.stored()[0].links, links);
    EXPECT_EQ(overlay_.stored()[0].key, "mid:1");
}

TEST_F(OverlayTest, ARecordWhoseKeyTheBaseHoldsExistsAlready) {
    base_.keys["contact:ann@acme.example"] = "17";
    rules::Contact known;
    known.id = "17";
    base_.facts.people["ann@acme.example"].contacts = {known};
    EXPECT_EQ(run(overlay_.create(contact())).value(), (crm::Stored{"17", true}));
    crm::NewRecord deal;
    deal.key = "opportunity:1";
    deal.kind = RecordKind::opportunity;
    base_.keys["opportunity:1"] = "18";
    EXPECT_EQ(run(overlay_.create(deal)).value(), (crm::Stored{"18", true}));
    EXPECT_TRUE(overlay_.created().empty());
}

TEST_F(OverlayTest, AKeyWhoseRecordGotAnotherAddressOrDomainBelongsToTheNextOne) {
    base_.keys["contact:ann@acme.example"] = "17";
    rules::Contact other;
    other.id = "21";
    base_.facts.people["ann@acme.example"].contacts = {other};
    const crm::Stored fresh{"new:00000001", false};
    EXPECT_EQ(run(overlay_.create(contact())).value(), fresh);
    EXPECT_EQ(run(overlay_.create(contact())).value(), (crm::Stored{fresh.id, true}));
    const std::string key = contact().key;
    EXPECT_EQ(run(overlay_.known({key})).value(), (crm::Known{{key, fresh.id}}));
    crm::NewRecord account;
    account.key = "account:acme.example";
    account.kind = RecordKind::account;
    account.fields["domain"] = "acme.example";
    base_.keys[account.key] = "30";
    EXPECT_FALSE(run(overlay_.create(account)).value().existed);
}

TEST_F(OverlayTest, AMailWhoseKeyTheBaseHoldsExistsAlreadyAndGainsLinksInMemory) {
    base_.keys["mid:1"] = "40";
    crm::NewMail mail;
    mail.key = "mid:1";
    mail.links = {{RecordKind::case_, "31"}};
    EXPECT_EQ(run(overlay_.store(mail)).value(), (crm::Stored{"40", true}));
    mail.links = {{RecordKind::case_, "32"}};
    EXPECT_EQ(run(overlay_.store(mail)).value(), (crm::Stored{"40", true}));
    ASSERT_EQ(overlay_.stored().size(), 1U);
    EXPECT_EQ(overlay_.stored()[0].id, "40");
    EXPECT_EQ(overlay_.stored()[0].links.size(), 2U);
}

TEST_F(OverlayTest, KnowsTheKeysOfTheBaseAndItsOwn) {
    base_.keys["mid:1"] = "40";
    const auto ann = run(overlay_.create(contact())).value();
    const crm::Known known{{"contact:ann@acme.example", ann.id}, {"mid:1", "40"}};
    EXPECT_EQ(run(overlay_.known({"contact:ann@acme.example", "mid:1", "mid:2"})).value(), known);
}

TEST_F(OverlayTest, TakesBackWhatItMadeAndNothingOfTheBase) {
    base_.keys["mid:1"] = "40";
    run(overlay_.create(contact())).value();
    EXPECT_EQ(run(overlay_.undo("mid:1")).value(), crm::Undone::kept);
    EXPECT_EQ(run(overlay_.undo(contact().key)).value(), crm::Undone::removed);
    EXPECT_EQ(run(overlay_.undo(contact().key)).value(), crm::Undone::nothing);
    EXPECT_TRUE(overlay_.created().empty());
}

TEST_F(OverlayTest, RefusesWhatTheRealOneWould) {
    crm::NewMail mail;
    mail.key = "mid:1";
    mail.attachments.resize(1'001);
    EXPECT_EQ(run(overlay_.store(mail)).error().code, crm::errc::refused);
    auto nameless = contact();
    nameless.key.clear();
    EXPECT_EQ(run(overlay_.create(nameless)).error().code, crm::errc::refused);
    EXPECT_TRUE(overlay_.stored().empty());
    EXPECT_TRUE(overlay_.created().empty());
}

TEST_F(OverlayTest, AFailureOfTheBaseIsPassedOn) {
    base_.failures[1] = {crm::errc::busy, "later", std::nullopt};
    const auto failed = run(overlay_.create(contact()));
    ASSERT_TRUE(failed.has_error());
    EXPECT_EQ(failed.error().code, crm::errc::busy);
    EXPECT_TRUE(overlay_.created().empty());
}

}  // namespace
