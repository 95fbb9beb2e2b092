#include "mime/fingerprint.hpp"

#include <gtest/gtest.h>

#include <string>

#include "mime/charset.hpp"
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

/// Without a Message-ID, with these parts behind the text.
std::string with_parts(const std::string& parts) {
    return "From: shop@acme.example\nDate: Mon, 23 Nov 2026 10:00:00 +0100\nSubject: Invoice\n"
           "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nPlease pay.\n" +
           parts + "--b--\n";
}

std::string part(const std::string& fields, const std::string& body) {
    return "--b\n" + fields + "\n\n" + body + "\n";
}

}  // namespace

TEST(Fingerprint, IsTheMessageIdWhereThereIsOne) {
    const std::string print = print_of("Message-ID: <a.1@acme.example>\n\nx");
    EXPECT_EQ(print.substr(0, print.find('#')), "mid:<a.1@acme.example>");
    EXPECT_EQ(print_of("Message-Id:\n  a.1@acme.example \n\nx"), print);
    EXPECT_EQ(print_of("Message-ID: <a.1@acme.example>\n\nanother text"), print);
}

TEST(Fingerprint, OfAMailWithAMessageIdNeverChanges) {
    EXPECT_EQ(
        print_of("Message-ID: <a.1@acme.example>\nFrom: Ann <Ann@Acme.example>\nSubject: Plan\n"
                 "Date: Mon, 23 Nov 2026 10:00:00 +0100\n\nx"),
        "mid:<a.1@acme.example>#343bb63306c1c971"
    ) << "journals and CRMs hold it";
}

TEST(Fingerprint, DoesNotDependOnBoundariesEncodingsAndOrderOfFields) {
    EXPECT_EQ(print_of(plain), print_of(rewritten));
    EXPECT_TRUE(print_of(plain).starts_with("content:")) << print_of(plain);
    EXPECT_EQ(print_of(plain).size(), 8U + 32U);
}

TEST(Fingerprint, DoesNotDependOnWhatServersAddAndFold) {
    const std::string head = "Message-ID: <a.1@acme.example>\nFrom: a@x.example\n";
    EXPECT_EQ(
        print_of(head + "Subject: one long subject\nDate: Mon, 23 Nov 2026 10:00:00 +0100\n\nx"),
        print_of(
            "Received: from mx\nReturn-Path: <a@x.example>\nX-Spam-Flag: NO\n" + head +
            "Subject: one\n\tlong =?us-ascii?q?subject?=\nDate: 23 Nov 2026 09:00 GMT\n\nx"
        )
    );
}

TEST(Fingerprint, DoesNotDependOnWhiteSpaceOfTheText) {
    const std::string head =
        "From: a@x.example\nSubject: s\nContent-Type: text/plain; charset=utf-8\n\n";
    const auto print = print_of(head + "Dear Ann,\n\nplease call.\n");
    EXPECT_EQ(print_of(head + "Dear Ann,  \r\n \r\nplease\xC2\xA0 call.\r\n\r\n\r\n"), print);
    EXPECT_NE(print_of(head + "Dear Ann,\n\nplease cal.\n"), print);
}

TEST(Fingerprint, DependsOnSenderDateSubjectAndText) {
    const std::string mail(plain);
    for (const char* part : {"Tom@", "23 Nov", "C3=BC", "Sie"}) {
        auto other = mail;
        other.replace(other.find(part), 1, "1");
        EXPECT_NE(print_of(other), print_of(mail)) << part;
    }
}

TEST(Fingerprint, DependsOnTheTextOfHtmlAlone) {
    const std::string head = "From: a@x.example\nContent-Type: text/html\n\n";
    EXPECT_EQ(print_of(head + "<p>one<p>two"), print_of(head + "<div>one</div>\n<div>two</div>"));
    EXPECT_NE(print_of(head + "<p>one"), print_of(head + "<p>two"));
}

TEST(Fingerprint, DependsOnTheFilesButNotOnTheirOrderNamesAndEncodings) {
    const std::string pdf = "Content-Type: application/pdf";
    const auto one = part(pdf + "; name=1.pdf", "invoice 1"), two = part(pdf, "invoice 2");
    const auto both = print_of(with_parts(one + two));
    EXPECT_EQ(print_of(with_parts(two + one)), both);
    EXPECT_EQ(
        print_of(with_parts(
            part(pdf + "; name=ATT1.pdf\nContent-Transfer-Encoding: base64", "aW52b2ljZSAx") + two
        )),
        both
    );
    EXPECT_NE(print_of(with_parts(one)), both);
    EXPECT_NE(print_of(with_parts(one)), print_of(with_parts(two)));
    EXPECT_NE(print_of(with_parts(one)), print_of(with_parts(one + one)));
}

TEST(Fingerprint, DoesNotDependOnPartsThatServersRewrite) {
    const auto print = print_of(with_parts(""));
    const auto attached = [](const std::string& type) {
        return part("Content-Type: " + type + "\nContent-Disposition: attachment", "anything");
    };
    for (const char* type : {"text/calendar", "message/rfc822", "application/ms-tnef"})
        EXPECT_EQ(print_of(with_parts(attached(type))), print) << type;
}

TEST(Fingerprint, OfAMailWithAFooterAppendedIsAnother) {
    const std::string mail = "From: a@x.example\nSubject: s\n\nHello";
    EXPECT_NE(print_of(mail + "\n-- \nTimber talk, leave by mail\n"), print_of(mail));
}

TEST(Fingerprint, KeepsDifferentMailsOfOneMessageIdApart) {
    const std::string id = "Message-ID: <same@acme.example>\n";
    const std::string mail =
        id + "From: a@x.example\nDate: Mon, 23 Nov 2026 10:00:00 +0000\nSubject: s\n\nx";
    for (const char* part : {"a@x", "23 Nov", "s\n\n"}) {
        auto other = mail;
        other.replace(other.find(part, id.size()), 1, "1");
        EXPECT_NE(print_of(other), print_of(mail)) << part;
    }
    EXPECT_NE(print_of("Message-ID: <id one@x>\n\n"), print_of("Message-ID: <id two@x>\n\n"));
}

TEST(Fingerprint, AReplacedMessageIdIsTheFirstOne) {
    const std::string rest =
        "From: a@x.example\nDate: Mon, 23 Nov 2026 10:00:00 +0000\nSubject: s\n\nx";
    const auto sent = print_of("Message-ID: <first@x.example>\n" + rest);
    for (const std::string name :
         {"X-Microsoft-Original-Message-ID", "X-Google-Original-Message-ID"})
        EXPECT_EQ(
            print_of(
                "Message-ID: <given@server.example>\n" + name + ":\n <first@x.example>\n" + rest
            ),
            sent
        ) << name;
    EXPECT_NE(print_of("Message-ID: <given@server.example>\n" + rest), sent);
}

TEST(Fingerprint, TheSendersDomainCountsInEitherSpelling) {
    const std::string rest = ">\nMessage-ID: <1@x.example>\n\nx";
    EXPECT_EQ(
        print_of("From: <pia@bücher.example" + rest),
        print_of("From: <pia@xn--bcher-kva.example" + rest)
    );
}

TEST(Fingerprint, ALongMessageIdGivesAShortFingerprintOfItsOwn) {
    const std::string long_id(2000, 'a');
    const std::string print = print_of("Message-ID: <" + long_id + "@x>\n\n");
    EXPECT_LT(print.size(), 200U);
    EXPECT_NE(print, print_of("Message-ID: <" + long_id + "@y>\n\n"));
}

TEST(Fingerprint, ALongMessageIdIsNotCutWithinACharacter) {
    std::string id = "a";
    for (int i = 0; i < 150; ++i) id += "ü";
    const auto print = print_of("Message-ID: <" + id + ">\n\n");
    EXPECT_TRUE(mime::is_utf8(print)) << print;
    EXPECT_EQ(print.substr(0, 8), "mid:<aü");
}

TEST(Fingerprint, EmptyMessageIdIsNone) {
    EXPECT_TRUE(print_of("Message-ID: <>\n\nx").starts_with("content:"));
}
