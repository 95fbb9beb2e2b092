#include "agent/notice/notice_mime.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <sstream>

#include "mime/parse.hpp"

namespace {

constexpr auto ferry = "mailferry@us.example";
constexpr auto admin = "it@us.example";

agent::Notice notice() {
    agent::Notice notice;
    notice.key = "alarm:anna@us.example:1795424400000";
    notice.to = {admin};
    notice.subject = "Mailferry: 5 errors in the mailbox anna@us.example";
    notice.text = "Five mails \u2014 \"Gr\u00FC\u00DFe\" = 5.\n\nEnd \n";
    notice.date = agent::Time(std::chrono::seconds(1'795'424'400));
    return notice;
}

std::vector<std::string> lines_of(const std::string& mime) {
    std::vector<std::string> lines;
    std::istringstream all(mime);
    for (std::string line; std::getline(all, line);) lines.push_back(line);
    return lines;
}

/// Names of the header fields, one after the other.
std::string fields(const std::string& mime) {
    std::string names;
    for (const auto& line : lines_of(mime.substr(0, mime.find("\r\n\r\n")))) {
        if (line.front() != ' ') names += line.substr(0, line.find(':')) + "\n";
    }
    return names;
}

TEST(NoticeMime, IsAMailOfPlainText) {
    const std::string id = agent::message_id(notice(), admin);
    EXPECT_EQ(
        agent::to_mime(notice(), ferry, admin),
        "Date: Mon, 23 Nov 2026 09:00:00 +0000\r\n"
        "From: Mailferry <mailferry@us.example>\r\n"
        "To: <it@us.example>\r\n"
        "Subject: Mailferry: 5 errors in the mailbox anna@us.example\r\n"
        "Message-ID: " +
            id +
            "\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "X-Auto-Response-Suppress: All\r\n"
            "X-Mailferry-Notice: alarm:anna@us.example:1795424400000\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n"
            "\r\n"
            "Five mails =E2=80=94 \"Gr=C3=BC=C3=9Fe\" =3D 5.\r\n"
            "\r\n"
            "End=20\r\n"
    );
}

TEST(NoticeMime, IsReadBackAsItWasMeant) {
    auto given = notice();
    given.subject =
        "Mailferry: Gr\u00FC\u00DFe an die \u8239 " + std::string(200, 'x') + " =?utf-8?Q?no?=";
    given.text = std::string(300, 'y') + "\n.\nFrom here\n";
    const std::string mime = agent::to_mime(given, ferry, admin);
    const auto message = mime::parse(mime);
    EXPECT_EQ(message.subject, given.subject);
    EXPECT_EQ(message.text, given.text);
    ASSERT_EQ(message.to.size(), 1U);
    EXPECT_EQ(message.to[0].address, admin);
    EXPECT_TRUE(message.problems.empty());
}

TEST(NoticeMime, NoLineIsTooLongAndEachEndsInCrlf) {
    auto given = notice();
    given.subject = std::string(500, 's') + "\u8239" + std::string(50, 's');
    given.key = std::string(500, 'k');
    given.text = std::string(5000, 't') + "\u8239 \u8239\n" + std::string(75, 'u') + "\n" +
                 std::string(76, 'v') + " \n";
    const std::string mime = agent::to_mime(given, ferry, admin);
    for (const auto& line : lines_of(mime)) {
        EXPECT_LE(line.size(), 77U) << line;
        EXPECT_EQ(line.back(), '\r') << line;
    }
}

TEST(NoticeMime, NothingThatStandsInItAddsAHeaderField) {
    const std::string plain = fields(agent::to_mime(notice(), ferry, admin));
    const std::string evil = "x\r\nBcc: y@evil.example\r\n\r\nz";
    auto given = notice();
    given.subject = given.key = evil;
    EXPECT_EQ(fields(agent::to_mime(given, evil, "it@us.example>" + evil)), plain);
    for (const char* separator : {"\n", "\r", "\r\n ", "\n\t", "\v", "\f", "\x85", "\u2028"}) {
        given.subject = given.key = std::string("x") + separator + "Bcc: y@evil.example";
        EXPECT_EQ(fields(agent::to_mime(given, given.key, given.key)), plain);
        EXPECT_EQ(agent::to_mime(given, given.key, given.key).find("\r\nBcc"), std::string::npos);
    }
}

TEST(NoticeMime, WhateverBytesComeItIsAsciiInShortLinesWithTheSameFields) {
    const std::string plain = fields(agent::to_mime(notice(), ferry, admin));
    std::mt19937 random(1);
    for (int run = 0; run < 300; ++run) {
        std::string bytes(200, ' ');
        for (char& c : bytes) c = static_cast<char>(std::uniform_int_distribution(0, 255)(random));
        auto given = notice();
        given.subject = given.key = given.text = bytes;
        const std::string mime = agent::to_mime(given, ferry, admin);
        EXPECT_EQ(fields(mime), plain);
        for (const auto& line : lines_of(mime)) EXPECT_LE(line.size(), 77U) << line;
        EXPECT_TRUE(std::ranges::all_of(mime, [](char c) { return c > 0; }));
    }
}

TEST(NoticeMime, AMessageIdIsOfNoticeAndRecipientAlone) {
    auto repeated = notice();
    repeated.subject = "another";
    const std::string id = agent::message_id(notice(), admin);
    EXPECT_TRUE(id.starts_with("<mailferry.") && id.ends_with("@us.example>")) << id;
    EXPECT_EQ(agent::message_id(repeated, admin), id);
    EXPECT_NE(agent::message_id(notice(), "bob@us.example"), id);
    repeated.key = "recovery:anna@us.example:1";
    EXPECT_NE(agent::message_id(repeated, admin), id);
    EXPECT_TRUE(agent::message_id(notice(), "it").ends_with("@mailferry.invalid>"));
}

TEST(NoticeMime, TheMarkOfWhatWasSentIsShortWhateverTheAddresses) {
    auto given = notice();
    given.key = std::string(300, 'k');
    EXPECT_EQ(agent::sent_mark(given, std::string(300, 'a')).size(), 71U);
    EXPECT_NE(agent::sent_mark(given, admin), agent::sent_mark(given, ferry));
}

TEST(NoticeMime, ASendableAddressHasNothingThatACommandIsMadeOf) {
    EXPECT_TRUE(agent::is_sendable("it@us.example"));
    EXPECT_TRUE(agent::is_sendable("o'neil+crm@us.example"));
    EXPECT_TRUE(agent::is_sendable("j\u00FCrgen@us.example"));
    for (const char* wrong :
         {"",
          "it",
          "@us.example",
          "it@",
          "a b@us.example",
          "it@us.example\r\n",
          "<it@us.example>",
          "it@us.example,bob@us.example",
          "it@us.example\x7f"}) {
        EXPECT_FALSE(agent::is_sendable(wrong)) << wrong;
    }
    EXPECT_FALSE(agent::is_sendable(std::string(300, 'a') + "@us.example"));
}

}  // namespace
