#include "ews/simulator/regenerate.hpp"

#include <gtest/gtest.h>

namespace {

using namespace ews::simulator;

constexpr const char* with_attachment =
    "From: Ann <ann@a.example>\r\nX-Mine: 1\r\nSubject: One\r\nMessage-ID: <1@a.example>\r\n"
    "Date: Mon, 23 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    "--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n"
    "--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; "
    "filename=a.pdf\r\n\r\n"
    "%PDF\r\n--b--\r\n";

mime::Message parsed(const std::shared_ptr<const Content>& content) {
    return content->message;
}

struct Regenerate : ::testing::Test {
    std::shared_ptr<const Content> made;

    const mime::Message& make(std::string mime, Maker maker) {
        made = read_content(regenerate_mime(*read_content(std::move(mime)), maker, 1));
        return made->message;
    }
};

TEST_F(Regenerate, KeepsWhatTheMailSays) {
    for (const auto maker : {Maker::exchange, Maker::grommunio}) {
        const auto& message = make(with_attachment, maker);
        EXPECT_EQ(message.subject, "One");
        EXPECT_EQ(message.message_id, "<1@a.example>");
        EXPECT_EQ(message.from.at(0).address, "ann@a.example");
        EXPECT_EQ(message.text.value_or("").substr(0, 5), "Hello");
        EXPECT_EQ(message.date, parsed(read_content(with_attachment)).date);
        ASSERT_EQ(message.attachments.size(), 1U);
        EXPECT_EQ(message.attachments[0].filename, "a.pdf");
    }
}

TEST_F(Regenerate, IsNeverTheSameTwice) {
    const auto content = read_content(with_attachment);
    EXPECT_NE(
        regenerate_mime(*content, Maker::exchange, 1), regenerate_mime(*content, Maker::exchange, 2)
    );
    EXPECT_NE(regenerate_mime(*content, Maker::exchange, 1), content->mime);
}

TEST_F(Regenerate, LosesTheFieldsThatGrommunioDoesNotKnow) {
    make(with_attachment, Maker::exchange);
    EXPECT_NE(made->mime.find("X-Mine: 1"), std::string::npos);
    make(with_attachment, Maker::grommunio);
    EXPECT_EQ(made->mime.find("X-Mine"), std::string::npos);
    EXPECT_NE(made->mime.find("Date: Mon, 23 Nov 2026 09:00:00 +0000"), std::string::npos);
}

TEST_F(Regenerate, HasHtmlWhereGrommunioMakesIt) {
    const std::string plain = "Subject: One\r\n\r\na < b\r\n";
    EXPECT_FALSE(make(plain, Maker::exchange).html);
    const auto& message = make(plain, Maker::grommunio);
    EXPECT_NE(message.html.value_or("").find("a &lt; b"), std::string::npos);
}

TEST_F(Regenerate, MakesNoTextWhereThereIsHtmlAlone) {
    const std::string html = "Subject: One\r\nContent-Type: text/html\r\n\r\n<p>a</p>\r\n";
    for (const auto maker : {Maker::exchange, Maker::grommunio}) {
        EXPECT_FALSE(make(html, maker).text);
        EXPECT_NE(made->message.html.value_or("").find("<p>a</p>"), std::string::npos);
    }
}

TEST_F(Regenerate, GivesAFileNoNameThatHasNone) {
    const std::string mail =
        "Subject: One\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\n\r\nx\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nStatus: 5.0.0\r\n--b--\r\n";
    EXPECT_FALSE(make(mail, Maker::grommunio).attachments.at(0).filename);
}

TEST_F(Regenerate, MakesNothingOfNothing) {
    EXPECT_EQ(regenerate_mime(*read_content(""), Maker::grommunio, 1), "");
}

TEST_F(Regenerate, KeepsSignedMailUnlessGrommunioMakesIt) {
    const std::string mail =
        "Subject: S\r\nContent-Type: multipart/signed; boundary=b; micalg=sha-256;\r\n"
        " protocol=\"application/pkcs7-signature\"\r\n\r\n--b\r\n\r\nx\r\n--b\r\n"
        "Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\ny\r\n--b--\r\n";
    make(mail, Maker::exchange);
    EXPECT_EQ(made->mime, mail);
    make(mail, Maker::grommunio);
    EXPECT_EQ(made->mime.find("multipart/signed"), std::string::npos);
    EXPECT_NE(made->mime.find("multipart/mixed"), std::string::npos);
}

TEST_F(Regenerate, KeepsAMailWithinItsSignature) {
    const auto& message = make(
        "Subject: S\r\nContent-Type: application/pkcs7-mime; name=smime.p7m\r\n\r\nx\r\n",
        Maker::grommunio
    );
    EXPECT_FALSE(message.text || message.html);
    EXPECT_EQ(message.attachments.at(0).content_type, "application/pkcs7-mime");
}

TEST_F(Regenerate, LosesTheMessageIdOfAMailAroundAMailWithGrommunio) {
    const std::string mail =
        "Subject: Fwd\r\nMessage-ID: <1@a.example>\r\nContent-Type: multipart/mixed; boundary=b\r\n"
        "\r\n--b\r\n\r\nsee\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\nx\r\n"
        "--b--\r\n";
    EXPECT_EQ(make(mail, Maker::exchange).message_id, "<1@a.example>");
    EXPECT_NE(make(mail, Maker::grommunio).message_id, "<1@a.example>");
    EXPECT_EQ(made->message.attachments.size(), 1U);
}

}  // namespace
