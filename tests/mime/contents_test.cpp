#include "mime/contents.hpp"

#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "mime/attachment.hpp"
#include "mime/body_text.hpp"
#include "mime/parse.hpp"

namespace {

std::string sample(const std::string& name) {
    std::ifstream file(MAILFERRY_SOURCE "/samples/mail/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string shown(const std::vector<mime::Attachment>& parts, const std::string& indent = "") {
    std::string text;
    for (const auto& part : parts) {
        text += fmt::format(
            "{}{} {} {}{}\n",
            indent,
            part.filename.value_or("-"),
            part.content_type,
            mime::decode(part).size(),
            part.is_inline ? " inline" : ""
        );
        text += shown(part.contains, indent + "  ");
    }
    return text;
}

}  // namespace

TEST(Contents, OpaqueSignatureHasTheMailInside) {
    const auto mail = sample("signed-opaquely.eml");
    const auto message = mime::parse(mail);
    ASSERT_EQ(message.attachments.size(), 1U);
    const auto opened = mime::contents(message.attachments[0]);
    EXPECT_EQ(shown(opened.parts), "- text/plain 99 inline\ngates.csv text/csv 18\n");
    EXPECT_EQ(mime::decode(opened.parts.at(1)), "gate;width\r\n1;2400");
    EXPECT_TRUE(opened.problems.empty());
}

TEST(Contents, TextOfAnOpaquelySignedMailIsItsText) {
    const auto mail = sample("signed-opaquely.eml");
    const auto message = mime::parse(mail);
    EXPECT_EQ(message.text, std::nullopt);
    EXPECT_EQ(
        mime::body_text(message).text,
        "Dear Anna,\n\nwe accept the frame contract of 18 November for the ten gates: € 41,200.\n\n"
        "Maria Lopez"
    );
}

TEST(Contents, FilesOfAMailAreThoseWithinItsContainers) {
    const auto signed_mail = sample("signed-opaquely.eml");
    EXPECT_EQ(shown(mime::files_of(mime::parse(signed_mail)).files), "gates.csv text/csv 18\n");
    const auto nested = sample("winmail-dat-nested-message.eml");
    EXPECT_EQ(
        shown(mime::files_of(mime::parse(nested)).files), "gate pass.pdf application/pdf 549\n"
    );
    const auto usual = sample("inline-picture-and-pdf.eml");
    EXPECT_EQ(
        shown(mime::files_of(mime::parse(usual)).files),
        "green.png image/png 74 inline\ndrawing.pdf application/pdf 546\n"
    );
}

TEST(Contents, InlineIsWhatTheHtmlShows) {
    const std::string mail =
        "Content-Type: multipart/mixed; boundary=b\n\n"
        "--b\nContent-Type: text/html\n\n<img src=\"cid:seen\">\n"
        "--b\nContent-Type: image/png; name=\"C:\\in\\seen.png\"\nContent-ID: <seen>\n\nx\n"
        "--b\nContent-Type: image/png; name=unseen.png\nContent-ID: <unseen>\n\nx\n"
        "--b\nContent-Type: application/pdf; name=a.pdf\nContent-Disposition: inline\n\nx\n--b--\n";
    EXPECT_EQ(
        shown(mime::files_of(mime::parse(mail)).files),
        "seen.png image/png 1 inline\nunseen.png image/png 1\na.pdf application/pdf 1\n"
    );
}

TEST(Contents, FaultsOfAContainerAreTold) {
    auto mail = sample("winmail-dat.eml");
    mail.resize(mail.size() - 600);
    const auto opened = mime::files_of(mime::parse(mail));
    ASSERT_FALSE(opened.problems.empty());
    EXPECT_EQ(opened.problems.front().where, "part 2");
    EXPECT_TRUE(opened.problems.front().what.starts_with("within winmail.dat: "));
}

TEST(Contents, WinmailHasBodyAndFiles) {
    const auto mail = sample("winmail-dat.eml");
    const auto message = mime::parse(mail);
    const auto opened = mime::contents(message.attachments.at(0));
    EXPECT_EQ(
        shown(opened.parts),
        "- text/html 216 inline\n"
        "- text/rtf 963 inline\n"
        "Especificación técnica de las cintas transportadoras – nave 3, revisión señalizada, "
        "Größenübersicht für Łódź 2026.csv text/csv 55\n"
        "hall 3.pdf application/pdf 556\n"
    );
    EXPECT_EQ(opened.parts.at(3).part, "2/4");
}

TEST(Contents, AFileWithoutANameIsAFileAndNoBody) {
    // Within a signature: an invitation that nobody gave a name.
    const std::string inner =
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nCome.\r\n--b\r\n"
        "Content-Type: text/calendar\r\nContent-Disposition: "
        "inline\r\n\r\nBEGIN:VCALENDAR\r\n--b--\r\n";
    const auto der = [](std::string tag, const std::string& content) {
        tag += "\x82";
        tag += static_cast<char>(content.size() >> 8U);
        return tag + static_cast<char>(content.size() & 0xFFU) + content;
    };
    const std::string oid("\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07", 10);
    const auto data = der("\x30", oid + "\x01" + der("\xA0", der("\x04", inner)));
    const auto fields = std::string("\x02\x01\x01\x31\x00", 5) + data;
    const auto mail = "Content-Type: application/pkcs7-mime\r\n\r\n" +
                      der("\x30", oid + "\x02" + der("\xA0", der("\x30", fields)));
    const auto message = mime::parse(mail);
    EXPECT_EQ(mime::body_text(message).text, "Come.");
    EXPECT_EQ(shown(mime::files_of(message).files), "- text/calendar 15 inline\n");
}

TEST(Contents, OtherAttachmentsHoldNothing) {
    mime::Attachment picture;
    picture.content_type = "image/png";
    picture.raw = "x";
    EXPECT_TRUE(mime::contents(picture).parts.empty());
    mime::Attachment encrypted;
    encrypted.content_type = "application/pkcs7-mime";
    encrypted.raw = "no signature";
    EXPECT_TRUE(mime::contents(encrypted).parts.empty());
}
