#include "mime/fingerprint.hpp"

#include <gtest/gtest.h>

#include "mime/parse.hpp"

namespace {

constexpr std::string_view plain =
    "From: Tom <Tom@Bau.example>\n"
    "Date: Mon, 23 Nov 2026 10:00:00 +0100\n"
    "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\n"
    "Content-Type: text/plain; charset=iso-8859-1\n"
    "Content-Transfer-Encoding: quoted-printable\n"
    "\n"
    "F=FCr Sie.\n";

constexpr std::string_view rewritten =
    "Received: from mx\r\n"
    "Subject: =?iso-8859-1?B?R3L832U=?=\r\n"
    "Date: Mon, 23 Nov 2026 09:00:00 +0000\r\n"
    "From: \"Tom\" <tom@bau.example>\r\n"
    "Content-Type: multipart/mixed; boundary=another\r\n"
    "\r\n"
    "--another\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n"
    "Content-Transfer-Encoding: base64\r\n"
    "\r\n"
    "RsO8ciBTaWUu\r\n"
    "--another--\r\n";

std::string print_of(std::string_view mail) {
    return mime::fingerprint(mime::parse(mail));
}

}  // namespace

TEST(Fingerprint, IsTheMessageIdWhereThereIsOne) {
    const std::string print = print_of("Message-ID: <a.1@acme.example>\n\nx");
    EXPECT_EQ(print.substr(0, print.find('#')), "mid:<a.1@acme.example>");
    EXPECT_EQ(print_of("Message-Id:\n  a.1@acme.example \n\nx"), print);
    EXPECT_EQ(print_of("Message-ID: <a.1@acme.example>\n\nanother text"), print);
}

TEST(Fingerprint, DoesNotDependOnBoundariesEncodingsAndOrderOfFields) {
    EXPECT_EQ(print_of(plain), print_of(rewritten));
    EXPECT_TRUE(print_of(plain).starts_with("content:")) << print_of(plain);
    EXPECT_EQ(print_of(plain).size(), 8U + 32U);
}

TEST(Fingerprint, DependsOnSenderDateSubjectAndText) {
    const std::string mail(plain);
    for (const char* part : {"Tom@", "23 Nov", "C3=BC", "Sie"}) {
        auto other = mail;
        other.replace(other.find(part), 1, "1");
        EXPECT_NE(print_of(other), print_of(mail)) << part;
    }
}

TEST(Fingerprint, KeepsDifferentMailsOfOneMessageIdApart) {
    const std::string id = "Message-ID: <same@acme.example>\n";
    const std::string mail = id + "From: a@x.example\nDate: Mon, 23 Nov 2026 10:00:00 +0000\nSubject: s\n\nx";
    for (const char* part : {"a@x", "23 Nov", "s\n\n"}) {
        auto other = mail;
        other.replace(other.find(part, id.size()), 1, "1");
        EXPECT_NE(print_of(other), print_of(mail)) << part;
    }
    EXPECT_NE(print_of("Message-ID: <id one@x>\n\n"), print_of("Message-ID: <id two@x>\n\n"));
}

TEST(Fingerprint, ALongMessageIdGivesAShortFingerprintOfItsOwn) {
    const std::string long_id(2000, 'a');
    const std::string print = print_of("Message-ID: <" + long_id + "@x>\n\n");
    EXPECT_LT(print.size(), 200U);
    EXPECT_NE(print, print_of("Message-ID: <" + long_id + "@y>\n\n"));
}

TEST(Fingerprint, EmptyMessageIdIsNone) {
    EXPECT_TRUE(print_of("Message-ID: <>\n\nx").starts_with("content:"));
}
