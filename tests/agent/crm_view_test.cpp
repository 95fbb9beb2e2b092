#include "agent/commands/crm_view.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>

#include "agent/commands/terminal_text.hpp"

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

TEST(TerminalText, ColumnsStandUnderEachOtherWhateverTheScript) {
    EXPECT_EQ(
        agent::aligned({{"NAME", "ID"}, {"佐藤", "1"}, {"Zoe\u0301", "2"}, {"Müller", "3"}}),
        "NAME    ID\n"
        "佐藤    1\n"
        "Zoe\u0301     2\n"
        "Müller  3\n"
    );
}

TEST(TerminalText, ACellThatIsTooWideEndsInAnEllipsis) {
    const auto text = agent::aligned({{std::string(500, 'x'), "end"}});
    EXPECT_LT(text.size(), 60U);
    EXPECT_NE(text.find("x…  end\n"), std::string::npos) << text;
}

TEST(TerminalText, NothingInAMailCommandsTheTerminal) {
    EXPECT_EQ(agent::one_line("a\x1b[2Jb\r\nc"), "a\uFFFD[2Jb\uFFFD\uFFFDc");
    EXPECT_EQ(agent::printable_lines("a\x1b\x9b\r\n\tb"), "a\uFFFD\uFFFD\n\tb");
    EXPECT_EQ(agent::one_line("a\u009Bb"), "a\uFFFDb");
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

TEST(CrmView, JsonIsOneObjectALine) {
    const auto lines = agent::json_lines(std::vector<MailView>{mail(), mail()});
    EXPECT_EQ(std::ranges::count(lines, '\n'), 2);
    const auto object = boost::json::parse(lines.substr(0, lines.find('\n'))).as_object();
    EXPECT_EQ(object.at("text").as_string(), "Dear Anna,\r\nhello");
    EXPECT_TRUE(object.at("html").is_null());
    EXPECT_EQ(object.at("direction").as_string(), "received");
    EXPECT_EQ(object.at("links").at(0).at("id").as_string(), "13");
    EXPECT_EQ(object.at("attachments").at(0).at("size").to_number<int>(), 6);

    const auto record = boost::json::parse(agent::json_lines(std::vector<RecordView>{contact()}));
    EXPECT_EQ(record.at("account").at("name").as_string(), "Acme Ltd");
    EXPECT_EQ(record.at("addresses").as_array().size(), 2U);
    EXPECT_EQ(record.at("fields").at("phone").as_string(), "+44 1");
}

}  // namespace
