#include "agent/archive_mail.hpp"

#include <gtest/gtest.h>

#include "rules/create/record.hpp"
#include "tests/agent/run.hpp"
#include "tests/agent/story.hpp"
#include "tests/fakes/archive.hpp"

namespace {

using agent::archive_mail;
using agent::Archived;
using agent_test::run;
using rules::RecordKind;

/// A decision that fits agent_test::offer().
rules::Decision decision() {
    auto decision = agent_test::full_decision();
    decision.attachments = {{"offer.pdf", true, ""}};
    return decision;
}

TEST(ArchiveMail, CreatesInOrderThenStoresTheMailWithItsLinks) {
    fakes::Archive crm;
    const auto read = agent_test::read(agent_test::offer());
    const Archived archived = run(archive_mail(decision(), read, crm)).value();
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
    ASSERT_TRUE(run(archive_mail(decision(), read, crm)));
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
    ASSERT_TRUE(run(archive_mail(decision(), read, crm)));
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
    ASSERT_TRUE(run(archive_mail(rules::Decision{}, read, crm)));
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
    ASSERT_TRUE(run(archive_mail(without, read, crm)));
    EXPECT_TRUE(crm.store_calls.at(0).attachments.empty());
}

TEST(ArchiveMail, WhatTheOwnerWroteIsMarkedAsSent) {
    fakes::Archive crm;
    const auto read = agent_test::read("From: anna@us.example\r\nTo: ann@acme.example\r\n\r\n");
    ASSERT_TRUE(run(archive_mail(rules::Decision{}, read, crm)));
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
    const Archived first = run(archive_mail(decision(), read, crm)).value();
    const Archived second = run(archive_mail(decision(), read, crm)).value();
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
        const auto archived = run(archive_mail(decision(), read, crm));
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
    const auto archived = run(archive_mail(decision, read, crm));
    ASSERT_FALSE(archived);
    EXPECT_EQ(archived.error().code, agent::errc::permanent);
    EXPECT_EQ(
        archived.error().text, "the decision refers to 'contact:nobody', which it does not create"
    );
    EXPECT_EQ(crm.calls, 0U);
}

}  // namespace
