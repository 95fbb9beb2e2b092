#include "agent/compose_mime.hpp"

#include <gtest/gtest.h>

#include "mime/attachment.hpp"
#include "mime/fingerprint.hpp"
#include "mime/parse.hpp"

namespace {

using namespace std::chrono;

ews::Item sent_mail() {
    ews::Item item;
    item.subject = "Grüße";
    item.internet_message_id = "<1@us.example>";
    item.in_reply_to = "<0@acme.example>";
    item.sent = sys_days(2026y / November / 23) + 9h;
    item.from = ews::Correspondent{"Anna Berg", "anna@us.example", "SMTP"};
    item.sender = item.from;
    item.parts.to = {{"Ann Bo", "ann@acme.example", "SMTP"}};
    item.parts.bcc = {{"", "ben@us.example", "SMTP"}};
    item.parts.body = "Hello\n";
    return item;
}

agent::AttachedFile file(const std::string& name, std::string bytes) {
    agent::AttachedFile one;
    one.about.name = name;
    one.bytes = std::move(bytes);
    return one;
}

TEST(ComposeMime, MakesAMailOfItsPropertiesAlone) {
    EXPECT_EQ(
        agent::compose_mime(sent_mail(), {}),
        "Date: Mon, 23 Nov 2026 09:00:00 +0000\r\n"
        "From: \"Anna Berg\"\r\n <anna@us.example>\r\n"
        "To: \"Ann Bo\"\r\n <ann@acme.example>\r\n"
        "Bcc: <ben@us.example>\r\n"
        "Subject: =?utf-8?B?R3LDvMOfZQ==?=\r\n"
        "Message-ID: <1@us.example>\r\n"
        "In-Reply-To: <0@acme.example>\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        "\r\n"
        "SGVsbG8K\r\n"
    );
}

TEST(ComposeMime, KeepsHeaderFieldsThatCameOverTheWireButNotThoseOfTheEncoding) {
    ews::Item item = sent_mail();
    item.parts.headers = {
        {"Received", "from a by b"},
        {"From", "Ann Bo <ann@acme.example>"},
        {"to", "Zoë <zoe@us.example>"},
        {"Content-Type", "multipart/alternative; boundary=x"},
        {"MIME-Version", "1.0"},
        {"not a name", "x"},
        {"Date", "Sun, 22 Nov 2026 10:00:00 +0100"},
        {"X-Mailer", "M 1"}};
    EXPECT_EQ(
        agent::compose_mime(item, {}),
        "Received: from a by b\r\n"
        "From: Ann Bo <ann@acme.example>\r\n"
        "Date: Sun, 22 Nov 2026 10:00:00 +0100\r\n"
        "X-Mailer: M 1\r\n"
        "To: \"Ann Bo\"\r\n <ann@acme.example>\r\n"
        "Bcc: <ben@us.example>\r\n"
        "Subject: =?utf-8?B?R3LDvMOfZQ==?=\r\n"
        "Message-ID: <1@us.example>\r\n"
        "In-Reply-To: <0@acme.example>\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        "\r\n"
        "SGVsbG8K\r\n"
    );
}

TEST(ComposeMime, HasTheFingerprintOfTheMailThatTheServerCouldNotMake) {
    const std::string original =
        "From: Ann Bo <ann@acme.example>\r\nTo: anna@us.example\r\nSubject: "
        "=?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n"
        "Date: Sun, 22 Nov 2026 10:00:00 +0100\r\nMessage-ID: <2@acme.example>\r\n\r\nHello\r\n";
    const mime::Message whole = mime::parse(original);
    ews::Item item;
    item.parts.body = "Hello";
    for (const auto& field : whole.headers) item.parts.headers.push_back({field.name, field.value});
    const std::string composed = agent::compose_mime(item, {});
    EXPECT_EQ(mime::fingerprint(mime::parse(composed)), mime::fingerprint(whole)) << composed;
}

TEST(ComposeMime, PutsPicturesOfTheHtmlBesideItAndFilesBehind) {
    ews::Item item = sent_mail();
    item.parts.is_html = true;
    item.parts.body = "<p>Hi<img src=\"cid:logo@us\"></p>";
    auto logo = file("logo.png", "PNG");
    logo.about.content_id = "logo@us";
    logo.about.content_type = "image/png";
    logo.about.is_inline = true;
    auto other = file("Maße.csv", "a;b\r\n");
    other.about.content_type = "text/csv; charset=x";
    const std::string composed = agent::compose_mime(item, {other, logo});
    const mime::Message read = mime::parse(composed);
    EXPECT_TRUE(read.problems.empty()) << read.problems.front().what << "\n" << composed;
    EXPECT_EQ(read.html, item.parts.body);
    ASSERT_EQ(read.attachments.size(), 2U);
    EXPECT_EQ(read.attachments[0].filename, "logo.png");
    EXPECT_EQ(read.attachments[0].content_id, "logo@us");
    EXPECT_TRUE(read.attachments[0].is_inline);
    EXPECT_EQ(read.attachments[1].filename, "Maße.csv");
    EXPECT_EQ(read.attachments[1].content_type, "text/csv");
    EXPECT_EQ(mime::decode(read.attachments[1]), "a;b\r\n");
    EXPECT_NE(composed.find("multipart/mixed"), std::string::npos);
    EXPECT_NE(composed.find("multipart/related"), std::string::npos);
}

TEST(ComposeMime, AnAttachedMailIsNotEncodedAndItsOwnBoundaryIsNoEnd) {
    auto attached = file("The mail before", agent::compose_mime(sent_mail(), {file("a", "a")}));
    attached.is_mail = true;
    const std::string composed =
        agent::compose_mime(sent_mail(), {attached, file("behind.bin", std::string("\0\xFF", 2))});
    const mime::Message read = mime::parse(composed);
    EXPECT_TRUE(read.problems.empty());
    ASSERT_EQ(read.attachments.size(), 2U) << composed;
    EXPECT_EQ(read.attachments[0].content_type, "message/rfc822");
    EXPECT_EQ(read.attachments[0].filename, "The mail before.eml");
    const std::string bytes = mime::decode(read.attachments[0]);
    EXPECT_EQ(mime::parse(bytes).subject, "Grüße");
    EXPECT_EQ(mime::parse(bytes).attachments.size(), 1U);
    EXPECT_EQ(mime::decode(read.attachments[1]), std::string("\0\xFF", 2));
}

TEST(ComposeMime, TypesThatWouldBeReadAsPartsOrAreNoneAreBytes) {
    for (const char* type :
         {"", "pdf", "multipart/mixed; boundary=x", "message/rfc822", "a/b\r\nX: y"}) {
        auto one = file("x", "x");
        one.about.content_type = type;
        const mime::Message read = mime::parse(agent::compose_mime(sent_mail(), {one}));
        ASSERT_EQ(read.attachments.size(), 1U) << type;
        EXPECT_EQ(read.attachments[0].content_type, "application/octet-stream") << type;
    }
}

TEST(ComposeMime, OfNothingIsAMailWithoutText) {
    const mime::Message read = mime::parse(agent::compose_mime(ews::Item{}, {}));
    EXPECT_TRUE(read.from.empty());
    EXPECT_EQ(read.subject, "");
    EXPECT_EQ(read.text.value_or(""), "");
}

}  // namespace
