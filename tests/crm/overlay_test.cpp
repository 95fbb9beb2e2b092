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
    EXPECT_EQ(created.id, "new:1");
    rules::Need need;
    need.people = {"ann@acme.example"};
    const auto facts = run(overlay_.answer(need)).value();
    const auto& contacts = facts.people.at("ann@acme.example").contacts;
    ASSERT_EQ(contacts.size(), 2U);
    EXPECT_EQ(contacts[0].id, "1");
    EXPECT_EQ(contacts[1].id, "new:1");
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
    const std::vector<crm::Link> links{
        {RecordKind::contact, "new:1"}, {RecordKind::case_, "31"}, {RecordKind::case_, "32"}};
    EXPECT_EQ(overlay_.stored()[0].mail.links, links);
}

TEST_F(OverlayTest, AFailureOfTheBaseIsPassedOn) {
    base_.failures[1] = {crm::errc::busy, "later", std::nullopt};
    const auto failed = run(overlay_.create(contact()));
    ASSERT_TRUE(failed.has_error());
    EXPECT_EQ(failed.error().code, crm::errc::busy);
    EXPECT_TRUE(overlay_.created().empty());
}

}  // namespace
