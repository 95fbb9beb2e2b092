#include "agent/archive_mail.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "crm/embedded/embedded.hpp"
#include "rules/create/record.hpp"
#include "tests/agent/run.hpp"
#include "tests/agent/story.hpp"
#include "tests/fakes/archive.hpp"

namespace {

using agent::archive_mail;
using agent::Archived;
using agent_test::run;
using rules::OnForbidden;
using rules::RecordKind;

const rules::PermissionErrors waiting;

/// All operations react alike.
rules::PermissionErrors all(OnForbidden reaction) {
    return {reaction, reaction, reaction, reaction};
}

/// The embedded CRM, for an account that may not create opportunities.
class NoDeals final : public crm::Archive {
public:
    std::unique_ptr<crm::embedded::Embedded> crm =
        crm::embedded::open_embedded("sqlite::memory:", crm::embedded::Opening::create).value();

    boost::asio::awaitable<crm::Result<crm::Stored>> create(crm::NewRecord record) override {
        const crm::Error no_right{crm::errc::forbidden, "no access", std::nullopt};
        if (record.kind == RecordKind::opportunity) co_return no_right;
        crm::Result<crm::Stored> stored = co_await crm->create(std::move(record));
        co_return stored;
    }
    boost::asio::awaitable<crm::Result<crm::Stored>> store(crm::NewMail mail) override {
        crm::Result<crm::Stored> stored = co_await crm->store(std::move(mail));
        co_return stored;
    }
    boost::asio::awaitable<crm::Result<crm::Undone>> undo(std::string key) override {
        crm::Result<crm::Undone> undone = co_await crm->undo(std::move(key));
        co_return undone;
    }
};

/// A decision that fits agent_test::offer().
rules::Decision decision() {
    auto decision = agent_test::full_decision();
    decision.attachments = {{"offer.pdf", true, ""}};
    return decision;
}

TEST(ArchiveMail, CreatesInOrderThenStoresTheMailWithItsLinks) {
    fakes::Archive crm;
    const auto read = agent_test::read(agent_test::offer());
    const Archived archived = run(archive_mail(decision(), read, waiting, crm)).value();
    ASSERT_EQ(crm.create_calls.size(), 3U);
    EXPECT_EQ(crm.create_calls[0].key, "account:acme.example");
    EXPECT_EQ(crm.create_calls[1].key, "contact:ann@acme.example");
    EXPECT_EQ(crm.create_calls[2].key, "opportunity:f");
    ASSERT_EQ(crm.store_calls.size(), 1U);
    const std::vector<crm::Link> links{
        {RecordKind::user, "u7"}, {RecordKind::contact, "2"}, {RecordKind::opportunity, "3"}};
    EXPECT_EQ(crm.store_calls[0].links, links);
    EXPECT_EQ(archived.record, "4");
    EXPECT_FALSE(archived.existed);
    const std::vector<agent::CreatedRecord> created{
        {RecordKind::account, "account:acme.example", "1", false},
        {RecordKind::contact, "contact:ann@acme.example", "2", false},
        {RecordKind::opportunity, "opportunity:f", "3", false}};
    EXPECT_EQ(archived.created, created);
}

TEST(ArchiveMail, RecordsReferToEachOtherByTheIdsOfTheCrm) {
    fakes::Archive crm;
    const auto read = agent_test::read(agent_test::offer());
    ASSERT_TRUE(run(archive_mail(decision(), read, waiting, crm)));
    const auto& [account, contact, opportunity] =
        std::tie(crm.create_calls[0], crm.create_calls[1], crm.create_calls[2]);
    EXPECT_EQ(account.account, std::nullopt);
    EXPECT_EQ(contact.name, "Ann Bo");
    EXPECT_EQ(contact.fields.at("email"), "ann@acme.example");
    EXPECT_EQ(contact.account, "1");
    EXPECT_EQ(contact.contact, std::nullopt);
    EXPECT_EQ(opportunity.account, "1");
    EXPECT_EQ(opportunity.contact, "2");
    EXPECT_EQ(opportunity.owner, "anna@us.example");
}

TEST(ArchiveMail, TheMailIsStoredAsItWasRead) {
    fakes::Archive crm;
    const auto read = agent_test::read(agent_test::offer());
    ASSERT_TRUE(run(archive_mail(decision(), read, waiting, crm)));
    const crm::NewMail& mail = crm.store_calls.at(0);
    EXPECT_EQ(mail.key, rules::mail_key(read.mail));
    EXPECT_EQ(mail.message_id, "<offer@acme.example>");
    EXPECT_EQ(mail.subject, "Offer");
    EXPECT_EQ(mail.text, read.mail.text + "\n\noffer.pdf");
    EXPECT_EQ(mail.html, std::nullopt);
    EXPECT_EQ(mail.date, std::chrono::sys_seconds(std::chrono::seconds(1'795'424'400)));
    EXPECT_FALSE(mail.sent);
    EXPECT_EQ(mail.mailbox, "anna@us.example");
    EXPECT_EQ(*mail.original, agent_test::offer());
    const std::vector<crm::MailAddress> addresses{
        {"from", "Ann Bo", "ann@acme.example"}, {"to", "Anna", "anna@us.example"}};
    EXPECT_EQ(mail.addresses, addresses);
    const std::vector<crm::MailAttachment> attachments{{"offer.pdf", "application/pdf", "PDF"}};
    EXPECT_EQ(mail.attachments, attachments);
}

TEST(ArchiveMail, NewTextStandsApartAndHtmlIsSafeToShow) {
    fakes::Archive crm;
    const auto read = agent_test::read(
        "From: ann@acme.example\r\nTo: anna@us.example\r\n"
        "Content-Type: multipart/alternative; boundary=b\r\n\r\n"
        "--b\r\n\r\nForty, please.\r\n\r\n> How many?\r\n"
        "--b\r\nContent-Type: text/html\r\n\r\n"
        "<p onclick=\"steal()\">Forty<script>steal()</script></p>\r\n--b--\r\n"
    );
    ASSERT_TRUE(run(archive_mail(rules::Decision{}, read, waiting, crm)));
    const crm::NewMail& mail = crm.store_calls.at(0);
    EXPECT_EQ(mail.text, "Forty, please.\n\n> How many?");
    EXPECT_EQ(mail.new_text, "Forty, please.");
    EXPECT_EQ(mail.html, "<p>Forty</p>");
}

TEST(ArchiveMail, AnAttachmentThatIsNotChosenStaysOut) {
    fakes::Archive crm;
    auto without = decision();
    without.attachments[0].stored = false;
    const auto read = agent_test::read(agent_test::offer());
    ASSERT_TRUE(run(archive_mail(without, read, waiting, crm)));
    EXPECT_TRUE(crm.store_calls.at(0).attachments.empty());
}

TEST(ArchiveMail, WhatTheOwnerWroteIsMarkedAsSent) {
    fakes::Archive crm;
    const auto read = agent_test::read("From: anna@us.example\r\nTo: ann@acme.example\r\n\r\n");
    ASSERT_TRUE(run(archive_mail(rules::Decision{}, read, waiting, crm)));
    EXPECT_TRUE(crm.store_calls.at(0).sent);
}

TEST(ArchiveMail, CopiesInTwoMailboxesHaveOneKey) {
    const auto one = agent::read_mail(agent_test::offer(), {{{"anna@us.example"}}, {}, {}});
    const auto other = agent::read_mail(agent_test::offer(), {{{"bob@us.example"}}, {}, {"Red"}});
    EXPECT_EQ(rules::mail_key(one.mail), rules::mail_key(other.mail));
    const auto lunch = agent_test::read(agent_test::internal());
    EXPECT_NE(rules::mail_key(one.mail), rules::mail_key(lunch.mail));
}

TEST(ArchiveMail, TheSecondTimeEverythingIsThereAlready) {
    fakes::Archive crm;
    const auto read = agent_test::read(agent_test::offer());
    const Archived first = run(archive_mail(decision(), read, waiting, crm)).value();
    const Archived second = run(archive_mail(decision(), read, waiting, crm)).value();
    EXPECT_EQ(second.record, first.record);
    EXPECT_TRUE(second.existed);
    ASSERT_EQ(second.created.size(), 3U);
    for (const auto& record : second.created) EXPECT_TRUE(record.existed) << record.key;
    EXPECT_EQ(crm.mails.size(), 1U);
    EXPECT_EQ(crm.records.size(), 3U);
}

TEST(ArchiveMail, EndsWithTheFirstErrorOfTheCrm) {
    const auto read = agent_test::read(agent_test::offer());
    for (std::size_t call = 1; call <= 4; ++call) {
        fakes::Archive crm;
        crm.failures[call] = {crm::errc::busy, "come back", std::chrono::milliseconds(700)};
        const auto archived = run(archive_mail(decision(), read, waiting, crm));
        ASSERT_FALSE(archived);
        const agent::Error expected{
            agent::errc::unreachable, "come back", std::chrono::milliseconds(700)};
        EXPECT_EQ(archived.error(), expected);
        EXPECT_EQ(crm.calls, call);
    }
}

TEST(ArchiveMail, AReferenceToWhatIsNotCreatedIsRefusedBeforeTheCrmSeesIt) {
    fakes::Archive crm;
    rules::Decision decision;
    decision.links = {{RecordKind::contact, "contact:nobody", true}};
    const auto read = agent_test::read(agent_test::offer());
    const auto archived = run(archive_mail(decision, read, waiting, crm));
    ASSERT_FALSE(archived);
    EXPECT_EQ(archived.error().code, agent::errc::permanent);
    EXPECT_EQ(
        archived.error().text, "the decision refers to 'contact:nobody', which it does not create"
    );
    EXPECT_EQ(crm.calls, 0U);
}

TEST(ArchiveMail, PermissionErrorIsRetriedByTheMailAloneUntilTheRightIsThere) {
    const auto read = agent_test::read(agent_test::offer());
    for (const RecordKind kind :
         {RecordKind::account, RecordKind::contact, RecordKind::opportunity, RecordKind::email}) {
        fakes::Archive crm;
        crm.forbidden = {kind};
        const auto refused =
            run(archive_mail(decision(), read, all(OnForbidden::retry), crm)).error();
        EXPECT_EQ(refused.code, agent::errc::transient);
        const std::string right = "no access to " + std::string(rules::to_text(kind));
        EXPECT_NE(refused.text.find(right), std::string::npos) << refused.text;
        EXPECT_TRUE(crm.mails.empty());
        EXPECT_TRUE(crm.undo_calls.empty());
        crm.forbidden.clear();
        const auto archived = run(archive_mail(decision(), read, all(OnForbidden::retry), crm));
        EXPECT_TRUE(archived.value().left_out.empty());
        EXPECT_EQ(crm.records.size(), 3U);
        EXPECT_EQ(crm.mails.size(), 1U);
    }
}

TEST(ArchiveMail, PermissionErrorIsRolledBackSoThatNothingIsLeftOfTheMail) {
    const auto read = agent_test::read(agent_test::offer());
    for (const RecordKind kind :
         {RecordKind::account, RecordKind::contact, RecordKind::opportunity, RecordKind::email}) {
        fakes::Archive crm;
        crm.forbidden = {kind};
        const auto refused =
            run(archive_mail(decision(), read, all(OnForbidden::rollback), crm)).error();
        EXPECT_EQ(refused.code, agent::errc::permanent);
        EXPECT_NE(refused.text.find("taken back"), std::string::npos) << refused.text;
        EXPECT_TRUE(crm.records.empty());
        EXPECT_TRUE(crm.mails.empty());
    }
}

TEST(ArchiveMail, PermissionErrorIsIgnoredAndTheMailArchivedWithoutTheRecord) {
    fakes::Archive crm;
    crm.forbidden = {RecordKind::account, RecordKind::opportunity};
    const auto read = agent_test::read(agent_test::offer());
    const Archived archived =
        run(archive_mail(decision(), read, all(OnForbidden::ignore), crm)).value();
    const std::vector<agent::LeftOut> left_out{
        {RecordKind::account, "account:acme.example", "no access to account"},
        {RecordKind::opportunity, "opportunity:f", "no access to opportunity"}};
    EXPECT_EQ(archived.left_out, left_out);
    const std::vector<agent::CreatedRecord> created{
        {RecordKind::contact, "contact:ann@acme.example", "1", false}};
    EXPECT_EQ(archived.created, created);
    EXPECT_EQ(crm.records.at("contact:ann@acme.example").account, std::nullopt);
    const std::vector<crm::Link> links{{RecordKind::user, "u7"}, {RecordKind::contact, "1"}};
    EXPECT_EQ(crm.mails.begin()->second.links, links);
}

TEST(ArchiveMail, APersonIsLeftOutAsLongAsTheMailIsLinkedToAnother) {
    fakes::Archive crm;
    crm.forbidden = {RecordKind::contact};
    auto known = decision();
    known.links.push_back({RecordKind::lead, "l4", false});
    const auto read = agent_test::read(agent_test::offer());
    const Archived archived = run(archive_mail(known, read, all(OnForbidden::ignore), crm)).value();
    ASSERT_EQ(archived.left_out.size(), 1U);
    EXPECT_EQ(archived.left_out[0].key, "contact:ann@acme.example");
    EXPECT_EQ(crm.records.at("opportunity:f").contact, std::nullopt);
    EXPECT_EQ(crm.records.at("opportunity:f").account, "1");
    const std::vector<crm::Link> links{
        {RecordKind::user, "u7"}, {RecordKind::lead, "l4"}, {RecordKind::opportunity, "2"}};
    EXPECT_EQ(crm.mails.begin()->second.links, links);
}

TEST(ArchiveMail, AMailWhosePeopleAreAllLeftOutIsNotArchivedAndLeavesNothingBehind) {
    fakes::Archive crm;
    crm.forbidden = {RecordKind::contact};
    const auto read = agent_test::read(agent_test::offer());
    const auto refused = run(archive_mail(decision(), read, all(OnForbidden::ignore), crm)).error();
    EXPECT_EQ(refused.code, agent::errc::permanent);
    EXPECT_NE(refused.text.find("linked to nobody"), std::string::npos) << refused.text;
    EXPECT_TRUE(crm.records.empty()) << "not even the account";
    EXPECT_TRUE(crm.store_calls.empty());
}

TEST(ArchiveMail, RollbackKeepsWhatAnotherMailHasMade) {
    fakes::Archive crm;
    const auto other = agent_test::read(agent_test::internal());
    auto people = decision();
    people.create.pop_back();
    people.links = {{RecordKind::contact, "contact:ann@acme.example", true}};
    ASSERT_TRUE(run(archive_mail(people, other, waiting, crm)));
    crm.forbidden = {RecordKind::opportunity};
    const auto read = agent_test::read(agent_test::offer());
    EXPECT_FALSE(run(archive_mail(decision(), read, all(OnForbidden::rollback), crm)));
    EXPECT_TRUE(crm.records.contains("contact:ann@acme.example"));
    EXPECT_TRUE(crm.records.contains("account:acme.example")) << "the contact is of it";
    EXPECT_EQ(crm.mails.size(), 1U);
}

TEST(ArchiveMail, RollbackInTheEmbeddedCrmLeavesNobodyWhomOnlyThisMailNeeded) {
    boost::asio::io_context context;  // outlives the CRM's thread
    NoDeals archive;
    const auto find = [&] {
        rules::Need need;
        need.people = {"ann@acme.example"};
        need.accounts = {"acme.example"};
        return run(context, archive.crm->answer(need)).value();
    };
    auto bare = decision();
    std::erase_if(bare.links, [](const auto& link) { return link.kind == RecordKind::user; });
    const auto read = agent_test::read(agent_test::offer());
    const auto rollback = all(OnForbidden::rollback);
    EXPECT_FALSE(run(context, archive_mail(bare, read, rollback, archive)));
    EXPECT_TRUE(find().people.at("ann@acme.example").contacts.empty());
    EXPECT_TRUE(find().accounts.at("acme.example").empty());
    auto people = bare;
    people.create.pop_back();
    people.links = {{RecordKind::contact, "contact:ann@acme.example", true}};
    const auto other = agent_test::read(agent_test::internal());
    EXPECT_TRUE(run(context, archive_mail(people, other, rollback, archive)));
    EXPECT_FALSE(run(context, archive_mail(bare, read, rollback, archive)));
    EXPECT_EQ(find().people.at("ann@acme.example").contacts.size(), 1U);
    EXPECT_EQ(find().accounts.at("acme.example").size(), 1U);
}

TEST(ArchiveMail, RollbackTakesBackWhatAnEarlierTryHadMade) {
    fakes::Archive crm;
    const auto read = agent_test::read(agent_test::offer());
    crm.lost_answers[2] = {crm::errc::unreachable, "broken line", std::nullopt};
    ASSERT_FALSE(run(archive_mail(decision(), read, all(OnForbidden::rollback), crm)));
    ASSERT_EQ(crm.records.size(), 2U);
    crm.forbidden = {RecordKind::opportunity};
    const auto refused =
        run(archive_mail(decision(), read, all(OnForbidden::rollback), crm)).error();
    EXPECT_NE(refused.text.find("(2 records)"), std::string::npos) << refused.text;
    EXPECT_TRUE(crm.records.empty());
}

TEST(ArchiveMail, RollbackThatIsInterruptedIsCompletedByTheNextTry) {
    const auto read = agent_test::read(agent_test::offer());
    for (std::size_t call = 4; call <= 6; ++call) {
        fakes::Archive crm;
        crm.forbidden = {RecordKind::opportunity};
        crm.lost_answers[call] = {crm::errc::busy, "come back", std::nullopt};
        const auto first =
            run(archive_mail(decision(), read, all(OnForbidden::rollback), crm)).error();
        EXPECT_EQ(first.code, agent::errc::unreachable) << first.text;
        const auto second =
            run(archive_mail(decision(), read, all(OnForbidden::rollback), crm)).error();
        EXPECT_EQ(second.code, agent::errc::permanent) << second.text;
        EXPECT_TRUE(crm.records.empty());
    }
}

/// Takes what comes in the steps in which it is offered.
class InSteps final : public crm::Archive {
public:
    std::unique_ptr<crm::embedded::Embedded> crm =
        crm::embedded::open_embedded("sqlite::memory:", crm::embedded::Opening::create).value();
    int steps = 0;

    boost::asio::awaitable<crm::Result<crm::Stored>> create(crm::NewRecord record) override {
        ++steps;
        crm::Result<crm::Stored> stored = co_await crm->create(std::move(record));
        co_return stored;
    }
    boost::asio::awaitable<crm::Result<crm::Stored>> store(crm::NewMail mail) override {
        ++steps;
        crm::Result<crm::Stored> stored = co_await crm->store(std::move(mail));
        co_return stored;
    }
    boost::asio::awaitable<crm::Result<crm::Undone>> undo(std::string key) override {
        crm::Result<crm::Undone> undone = co_await crm->undo(std::move(key));
        co_return undone;
    }
};

TEST(ArchiveMail, InOneStepTheSameComesOfItAsInSeveral) {
    boost::asio::io_context context;
    InSteps in_steps;
    const auto in_one =
        crm::embedded::open_embedded("sqlite::memory:", crm::embedded::Opening::create).value();
    ASSERT_TRUE(in_one->has_bundles());
    auto bare = decision();
    std::erase_if(bare.links, [](const auto& link) { return link.kind == RecordKind::user; });
    const auto read = agent_test::read(agent_test::offer());
    const auto first = run(context, archive_mail(bare, read, waiting, in_steps));
    EXPECT_EQ(in_steps.steps, 4);
    ASSERT_TRUE(first) << first.error().text;
    EXPECT_EQ(run(context, archive_mail(bare, read, waiting, *in_one)).value(), *first);
    EXPECT_EQ(first->created.size(), 3U);
    rules::Need need;
    need.people = {"ann@acme.example"};
    need.accounts = {"acme.example"};
    const auto facts = run(context, in_one->answer(need)).value();
    EXPECT_FALSE(facts.people.at("ann@acme.example").contacts.empty());
    const auto again = run(context, archive_mail(bare, read, waiting, *in_one)).value();
    EXPECT_EQ(again.record, first->record);
    EXPECT_TRUE(again.existed);
}

}  // namespace
