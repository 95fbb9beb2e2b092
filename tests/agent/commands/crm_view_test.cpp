#include "agent/commands/crm_view.hpp"

#include <gtest/gtest.h>

namespace {

using crm::embedded::MailView;
using crm::embedded::RecordView;
using rules::RecordKind;

std::chrono::sys_seconds noon() {
    return std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + std::chrono::hours(12);
}

RecordView contact() {
    RecordView view;
    view.id = "13";
    view.name = "Ann Bo";
    view.account = {RecordKind::account, "5", "Acme Ltd"};
    view.addresses = {"ann@acme.example", "ann@home.example"};
    view.fields = {{"phone", "+44 1"}};
    view.created = view.modified = noon();
    view.mails = {{RecordKind::email, "35", "Offer"}};
    return view;
}

MailView mail() {
    MailView view;
    view.id = "35";
    view.subject = "Offer";
    view.message_id = "<1@acme.example>";
    view.text = "Dear Anna,\r\nhello";
    view.mailbox = "anna@us.example";
    view.date = view.created = noon();
    view.addresses = {{"from", "Ann Bo", "ann@acme.example"}, {"to", "", "anna@us.example"}};
    view.attachments = {{"offer.pdf", "application/pdf", "ab12", 6}};
    view.links = {{RecordKind::contact, "13", "Ann Bo"}};
    return view;
}

TEST(CrmView, ATableNamesAccountAndOwner) {
    EXPECT_EQ(
        agent::table(std::vector<RecordView>{contact()}),
        "KIND     ID  NAME    ADDRESS OR DOMAIN                  ACCOUNT   OWNER  STATUS  MAILS\n"
        "contact  13  Ann Bo  ann@acme.example ann@home.example  Acme Ltd                 1\n"
    );
    EXPECT_EQ(agent::table(std::vector<RecordView>{}), "no records\n");
}

TEST(CrmView, APageOfAMailShowsEverything) {
    EXPECT_EQ(
        agent::page(mail()),
        "email 35  Offer\n"
        "from         Ann Bo <ann@acme.example>\n"
        "to           anna@us.example\n"
        "date         2026-11-23T12:00:00Z\n"
        "message-id   <1@acme.example>\n"
        "direction    received\n"
        "mailbox      anna@us.example\n"
        "archived     2026-11-23T12:00:00Z\n"
        "linked to    contact 13  Ann Bo\n"
        "attachment   1  offer.pdf (application/pdf, 6 bytes)\n"
        "\n"
        "Dear Anna,\n"
        "hello\n"
    );
}

TEST(CrmView, APageOfARecordShowsItsMails) {
    EXPECT_EQ(
        agent::page(contact()),
        "contact 13  Ann Bo\n"
        "address      ann@acme.example\n"
        "address      ann@home.example\n"
        "account      account 5  Acme Ltd\n"
        "phone        +44 1\n"
        "created      2026-11-23T12:00:00Z\n"
        "modified     2026-11-23T12:00:00Z\n"
        "mail         email 35  Offer\n"
    );
}

TEST(CrmView, ATableOfMailsNamesTheSenderAndWhatTheyAreLinkedTo) {
    EXPECT_EQ(
        agent::table(std::vector<MailView>{mail()}),
        "EMAIL  DATE                  WAY       FROM              SUBJECT  FILES  LINKED TO\n"
        "35     2026-11-23T12:00:00Z  received  ann@acme.example  Offer    1      Ann Bo\n"
    );
    EXPECT_EQ(agent::table(std::vector<MailView>{}), "no e-mails\n");
}

TEST(CrmView, ASubjectCannotBreakItsLineNorCommandTheTerminal) {
    MailView hostile = mail();
    hostile.subject = "Offer\x1b[2J\nemail 36";
    const std::string text = agent::page(hostile);
    EXPECT_EQ(text.substr(0, text.find('\n')), "email 35  Offer\uFFFD[2J\uFFFDemail 36");
}

}  // namespace
