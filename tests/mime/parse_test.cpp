// Whole mails in, values out; real mails of others where they are at hand; and many broken ones.
#include "mime/parse.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "mime/attachment.hpp"
#include "mime/charset.hpp"
#include "mime/fingerprint.hpp"

namespace {

namespace fs = std::filesystem;

constexpr std::string_view offer = R"(Received: from mx.acme.example by mail.us.example
From: "Lopez, Maria" <maria.lopez@ACME.example>
Reply-To: sales@acme.example
To: Anna Berg <anna@us.example>, =?iso-8859-1?Q?J=F6rg?= <joerg@us.example>
Cc: Team: ben@us.example;
Subject: =?utf-8?Q?Angebot_f=C3=BCr?=
 =?utf-8?Q?_Halle_3?=
Date: Mon, 23 Nov 2026 10:00:00 +0100
Message-ID: <offer.1@acme.example>
In-Reply-To: <ask.1@us.example>
References: <first@us.example>
	<ask.1@us.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="=_outer"

This text is for old programs.
--=_outer
Content-Type: multipart/alternative; boundary="=_inner"

--=_inner
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Guten Tag, anbei das Angebot f=C3=BCr die =
Halle.
--=_inner
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: base64

PHA+R3L832U8L3A+
--=_inner--
--=_outer
Content-Type: application/pdf; name="offer.pdf"
Content-Disposition: attachment;
 filename*0*=utf-8''Angebot%20; filename*1*=H%C3%A4lle.pdf
Content-Transfer-Encoding: base64

JVBERi0xLjQ=
--=_outer--
)";

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// What holds for every input.
void expect_sound(std::string_view bytes) {
    const auto message = mime::parse(bytes);
    EXPECT_TRUE(mime::is_utf8(message.subject));
    EXPECT_TRUE(mime::is_utf8(message.text.value_or("")));
    EXPECT_TRUE(mime::is_utf8(message.html.value_or("")));
    EXPECT_FALSE(mime::fingerprint(message).empty());
    for (const auto& attachment : message.attachments) {
        EXPECT_LE(attachment.raw.size(), bytes.size());
        EXPECT_LE(mime::decode(attachment).size(), attachment.raw.size());
        EXPECT_TRUE(mime::is_utf8(attachment.filename.value_or("")));
        EXPECT_TRUE(mime::is_utf8(attachment.content_type));
    }
}

std::string mutated(std::string mail, std::mt19937& random) {
    constexpr std::string_view telling("\0\r\n\t \"\\;:,<>()=?-\x80\xFF", 20);
    for (auto changes = 1 + random() % 8; changes > 0 && !mail.empty(); --changes) {
        const auto at = random() % mail.size();
        switch (random() % 5) {
            case 0:
                mail.resize(at);
                break;
            case 1:
                mail[at] = static_cast<char>(random() & 0xFFU);
                break;
            case 2:
                mail[at] = telling[random() % telling.size()];
                break;
            case 3:
                mail.erase(at, random() % 40);
                break;
            default:
                mail.insert(at, mail.substr(random() % mail.size(), random() % 60));
        }
    }
    return mail;
}

}  // namespace

TEST(Parse, HeaderFieldsAreDecoded) {
    const auto message = mime::parse(offer);
    const std::vector<mime::Mailbox> to{
        {"Anna Berg", "anna@us.example"}, {"Jörg", "joerg@us.example"}};
    EXPECT_EQ(
        message.from, (std::vector<mime::Mailbox>{{"Lopez, Maria", "maria.lopez@acme.example"}})
    );
    EXPECT_EQ(message.reply_to, (std::vector<mime::Mailbox>{{"", "sales@acme.example"}}));
    EXPECT_EQ(message.to, to);
    EXPECT_EQ(message.cc, (std::vector<mime::Mailbox>{{"", "ben@us.example"}}));
    EXPECT_TRUE(message.bcc.empty());
    EXPECT_EQ(message.subject, "Angebot für Halle 3");
    EXPECT_EQ(message.message_id, "<offer.1@acme.example>");
    EXPECT_EQ(message.in_reply_to, std::vector<std::string>{"<ask.1@us.example>"});
    EXPECT_EQ(
        message.references, (std::vector<std::string>{"<first@us.example>", "<ask.1@us.example>"})
    );
    using namespace std::chrono_literals;
    EXPECT_EQ(message.date, std::chrono::sys_days(2026y / 11 / 23) + 9h);
}

TEST(Parse, BodiesAndAttachmentsAreToldApart) {
    const auto message = mime::parse(offer);
    EXPECT_EQ(message.text, "Guten Tag, anbei das Angebot für die Halle.");
    EXPECT_EQ(message.html, "<p>Grüße</p>");
    ASSERT_EQ(message.attachments.size(), 1U);
    const auto& pdf = message.attachments.front();
    EXPECT_EQ(pdf.filename, "Angebot Hälle.pdf");
    EXPECT_EQ(pdf.content_type, "application/pdf");
    EXPECT_EQ(pdf.part, "2");
    EXPECT_EQ(mime::decode(pdf), "%PDF-1.4");
    EXPECT_TRUE(message.problems.empty());
}

TEST(Parse, HeadersStandAsTheyAreWritten) {
    const auto message = mime::parse(offer);
    ASSERT_GT(message.headers.size(), 6U);
    EXPECT_EQ(message.headers[1].name, "From");
    EXPECT_EQ(message.headers[1].value, "\"Lopez, Maria\" <maria.lopez@ACME.example>");
    EXPECT_EQ(message.headers[5].value, "=?utf-8?Q?Angebot_f=C3=BCr?= =?utf-8?Q?_Halle_3?=");
}

TEST(Parse, AttachmentsAreViewsIntoTheMail) {
    const auto message = mime::parse(offer);
    const auto* at = message.attachments.front().raw.data();
    EXPECT_TRUE(at > offer.data() && at < offer.data() + offer.size());
}

TEST(Parse, WindowsLineEndsMakeNoDifference) {
    std::string mail;
    for (const char c : offer) mail += c == '\n' ? std::string("\r\n") : std::string(1, c);
    const auto unix_style = mime::parse(offer), windows = mime::parse(mail);
    EXPECT_EQ(windows.headers, unix_style.headers);
    EXPECT_EQ(windows.text, unix_style.text);
    EXPECT_EQ(mime::decode(windows.attachments.at(0)), "%PDF-1.4");
    EXPECT_TRUE(windows.problems.empty());
}

TEST(Parse, AttachedMailIsOneLeaf) {
    const std::string mail =
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nsee below\n"
        "--b\nContent-Type: message/rfc822\n\nSubject: inner\n\ninner text\n--b--\n";
    const auto message = mime::parse(mail);
    EXPECT_EQ(message.text, "see below");
    ASSERT_EQ(message.attachments.size(), 1U);
    EXPECT_EQ(mime::decode(message.attachments[0]), "Subject: inner\n\ninner text");
}

TEST(Parse, MessageIdIsNeverInvented) {
    EXPECT_EQ(mime::parse("Subject: x\n\ny").message_id, "");
}

TEST(Parse, GroupWithoutItsEndIsNoReasonToCrash) {
    const auto message = mime::parse("To: undisclosed-recipients:\nSubject: x\n\ny");
    EXPECT_TRUE(message.to.empty());
    EXPECT_EQ(message.subject, "x");
}

TEST(Parse, MultipartWithoutBoundaryStillHasItsHeader) {
    const auto message = mime::parse("Subject: x\nContent-Type: multipart/mixed\n\n--\n--\ntext\n");
    EXPECT_EQ(message.subject, "x");
    EXPECT_FALSE(message.problems.empty());
}

TEST(Parse, VeryLongRecipientFieldIsReadInFull) {
    std::string mail = "To: ";
    for (int i = 0; i < 5'000; ++i) mail += "Person " + std::to_string(i) + " <p@acme.example>, ";
    const auto message = mime::parse(mail + "\nSubject: x\n\ny");
    EXPECT_EQ(message.to.size(), 5'000U);
    EXPECT_EQ(message.subject, "x");
    EXPECT_TRUE(message.problems.empty());
}

TEST(Parse, WhatIsNoMailIsTextWithAProblem) {
    const auto message = mime::parse("<html>\n<p>Sign in</p>\n\nplease\n");
    EXPECT_EQ(message.text, "<html>\n<p>Sign in</p>\n\nplease\n");
    EXPECT_FALSE(message.problems.empty());
    EXPECT_FALSE(mime::parse("").problems.empty());
}

TEST(Parse, MutationsOfAMailNeverThrow) {
    std::mt19937 random(20261123);
    for (int i = 0; i < 4'000; ++i) {
        const auto mail = mutated(std::string(offer), random);
        ASSERT_NO_THROW(expect_sound(mail)) << mail;
    }
}

TEST(Parse, EveryBeginningOfAMailIsRead) {
    for (std::size_t size = 0; size < offer.size(); ++size) expect_sound(offer.substr(0, size));
}

TEST(Parse, RealMailsOfManySourcesAreRead) {
    const fs::path corpus = fs::path(MAILFERRY_SHARED) / "corpus";
    if (!fs::exists(corpus)) GTEST_SKIP() << "no collection of real mails in " << corpus;
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(corpus)) {
        if (entry.path().extension() != ".eml") continue;
        const auto bytes = read(entry.path());
        ASSERT_NO_THROW(expect_sound(bytes)) << entry.path();
        ++count;
    }
    EXPECT_GT(count, 500U);
}
