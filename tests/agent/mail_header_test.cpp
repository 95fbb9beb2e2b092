#include "agent/mail_header.hpp"

#include <gtest/gtest.h>

#include "mime/parse.hpp"

namespace {

TEST(HeaderField, IsFoldedAtItsBlanksAndNowhereElse) {
    EXPECT_EQ(agent::header_field("Subject", "An offer"), "Subject: An offer\r\n");
    const std::string id(60, 'a');
    EXPECT_EQ(
        agent::header_field("References", "<" + id + "> <" + id + ">"),
        "References: <" + id + ">\r\n <" + id + ">\r\n"
    );
    EXPECT_EQ(agent::header_field("X-Long", id + id), "X-Long: \r\n " + id + id + "\r\n");
    const std::string endless = agent::header_field("X-Endless", std::string(5000, 'a'));
    for (std::size_t at = 0; at < endless.size();) {
        const auto end = endless.find("\r\n", at);
        EXPECT_LT(end - at, 998U);
        at = end + 2;
    }
}

TEST(HeaderField, AddsNoOtherField) {
    EXPECT_EQ(agent::header_field("Subject", "a\r\nBcc: b"), "Subject: a  Bcc: b\r\n");
}

TEST(HeaderField, OfOtherLettersIsEncoded) {
    const std::string field = agent::header_field("Subject", "Grüße");
    EXPECT_EQ(field, "Subject: =?utf-8?B?R3LDvMOfZQ==?=\r\n");
    EXPECT_EQ(mime::parse(field + "\r\n").subject, "Grüße");
}

TEST(AddressField, QuotesOrEncodesNamesAndWrapsX500Names) {
    const std::string field = agent::address_field(
        "To",
        {{"Bo, \"Ann\"", "ann@acme.example", "SMTP"},
         {"Zoë", "zoe@acme.example", ""},
         {"Ben", "/o=Us/cn=ben", "EX"},
         {"Bea", "IMCEAEX-_o=Us_cn=bea@acme.example", "SMTP"},
         {"", "desk@us.example", ""},
         {"", "", ""},
         {"Nobody", "", ""}}
    );
    const mime::Message message = mime::parse(field + "\r\n");
    const std::vector<mime::Mailbox> expected{
        {"Bo, \"Ann\"", "ann@acme.example"},
        {"Zoë", "zoe@acme.example"},
        {"Ben", "IMCEAEX-_o=Us_cn=ben@x500.invalid"},
        {"Bea", "IMCEAEX-_o=Us_cn=bea@acme.example"},
        {"", "desk@us.example"},
        {"Nobody", ""}};
    EXPECT_EQ(message.to, expected) << field;
    EXPECT_EQ(agent::address_field("Cc", {}), "");
}

TEST(AddressField, AddsNoOtherAddressAndNoOtherField) {
    const std::string field =
        agent::address_field("To", {{"a\r\nBcc: b", "a@b.example>, <c@d.example\r\nX: y", ""}});
    const mime::Message message = mime::parse(field + "\r\n");
    EXPECT_EQ(message.to.size(), 1U) << field;
    EXPECT_TRUE(message.bcc.empty());
    EXPECT_EQ(message.headers.size(), 1U);
}

TEST(HeaderParameter, IsQuotedOrInTheFormOfRfc2231) {
    EXPECT_EQ(agent::header_parameter("filename", "a b.pdf"), ";\r\n filename=\"a b.pdf\"");
    EXPECT_EQ(
        agent::header_parameter("filename", "Maße.csv"), ";\r\n filename*0*=utf-8''Ma%C3%9Fe.csv"
    );
    const std::string name = "Türmaße \"Gästehaus\" " + std::string(200, 'x') + ".csv";
    const mime::Message message = mime::parse(
        "Content-Type: application/octet-stream\r\nContent-Disposition: attachment" +
        agent::header_parameter("filename", name) + "\r\n\r\nx"
    );
    ASSERT_EQ(message.attachments.size(), 1U);
    EXPECT_EQ(message.attachments[0].filename, name);
}

TEST(MailDate, IsInUtc) {
    using namespace std::chrono;
    EXPECT_EQ(
        agent::mail_date(sys_days(2026y / November / 3) + 9h + 5min + 7s),
        "Tue, 3 Nov 2026 09:05:07 +0000"
    );
}

}  // namespace
