#include "mime/mail_traits.hpp"

#include <gtest/gtest.h>

#include <string>

#include "mime/charset.hpp"
#include "mime/parse.hpp"

namespace {

/// "name (why)" of each trait of a mail.
std::string seen(const std::string& mail) {
    std::string result;
    for (const auto& [name, why] : mime::mail_traits(mime::parse(mail)))
        result += (result.empty() ? "" : ", ") + name + " (" + why + ")";
    return result;
}

/// Of a mail with these header fields and an empty body.
std::string traits(const std::string& fields) {
    return seen(fields + "\n\n");
}

/// Of a mail with a text and this part.
std::string with_part(const std::string& fields, const std::string& body) {
    return seen(
        "From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n--b\n" +
        fields + "\n\n" + body + "\n--b--\n"
    );
}

std::string calendar(const std::string& method) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + method +
           "BEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}

}  // namespace

TEST(MailTraits, MailOfAPersonHasNone) {
    EXPECT_EQ(traits("From: a@b.example\nAuto-Submitted: no\nReturn-Path: <a@b.example>"), "");
    EXPECT_EQ(traits("From: postmaster@b.example\nSubject: Undeliverable: no, a question"), "");
    EXPECT_EQ(traits("Auto-Submitted: (a comment)\nPrecedence: first-class"), "");
}

TEST(MailTraits, RepliesOfMachines) {
    EXPECT_EQ(
        traits("Auto-Submitted: auto-replied; owner-email=\"a@b.example\""),
        "auto-reply (Auto-Submitted: auto-replied; owner-email=\"a@b.example\")"
    );
    EXPECT_EQ(
        traits("auto-submitted: AUTO-GENERATED (rule)"),
        "auto-reply (Auto-Submitted: AUTO-GENERATED (rule))"
    );
    EXPECT_EQ(traits("Auto-Submitted: No (a person)"), "");
    EXPECT_EQ(traits("X-Autoreply: yes"), "auto-reply (X-Autoreply: yes)");
    EXPECT_EQ(traits("X-Autorespond:"), "auto-reply (X-Autorespond: )");
    EXPECT_EQ(traits("X-Autoreply: No"), "");
    EXPECT_EQ(traits("Precedence: auto_reply"), "auto-reply (Precedence: auto_reply)");
    EXPECT_EQ(
        traits("Content-Type: multipart/report; report-type=feedback-report; boundary=b"),
        "auto-reply (report-type=feedback-report)"
    );
}

TEST(MailTraits, WhatServersAddToMailOfPeopleIsNoReplyOfAMachine) {
    EXPECT_EQ(traits("From: a@b.example\nX-Auto-Response-Suppress: All"), "");
    EXPECT_EQ(traits("From: a@b.example\nX-MS-Exchange-Inbox-Rules-Loop: c@d.example"), "");
    EXPECT_EQ(
        traits("From: a@b.example\nX-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent"), ""
    );
}

TEST(MailTraits, ListsAndNewsletters) {
    EXPECT_EQ(
        traits("List-Id: <l.example>\nPrecedence: bulk"),
        "bulk (Precedence: bulk), list (List-Id: <l.example>)"
    );
    EXPECT_EQ(
        traits("List-Unsubscribe: <https://n.example/u>"),
        "bulk (List-Unsubscribe: <https://n.example/u>)"
    );
    EXPECT_EQ(traits("Precedence: junk (out)"), "bulk (Precedence: junk (out))");
    EXPECT_EQ(traits("Precedence: list"), "bulk (Precedence: list), list (Precedence: list)");
    EXPECT_EQ(traits("X-BeenThere: l@x.example"), "list (X-BeenThere: l@x.example)");
    EXPECT_EQ(
        traits("Mailing-List: contact l@x.example; run by x"),
        "list (Mailing-List: contact l@x.example; run by x)"
    );
    EXPECT_EQ(traits("Feedback-ID: 1:2:3:service"), "") << "is on single mails as well";
}

TEST(MailTraits, ReportsOfDelivery) {
    EXPECT_EQ(
        traits("Content-Type: multipart/report; report-type=\"Delivery-Status\"; boundary=b"),
        "bounce (report-type=delivery-status)"
    );
    EXPECT_EQ(
        with_part("Content-Type: message/delivery-status", "Action: failed"),
        "bounce (part 2: message/delivery-status)"
    );
    EXPECT_EQ(
        with_part("Content-Type: message/global-delivery-status", "Action: failed"),
        "bounce (part 2: message/global-delivery-status)"
    );
    EXPECT_EQ(
        with_part(
            "Content-Type: message/rfc822",
            "Content-Type: multipart/report; report-type=delivery-status; boundary=c"
        ),
        ""
    ) << "a person passes a report on";
}

TEST(MailTraits, AReportIsWhatItsPartSaysWhereItsTypeIsOdd) {
    EXPECT_EQ(
        seen("Content-Type: multipart/report; report-type=xxx; boundary=b\n\n--b\n"
             "Content-Type: message/delivery-status\n\nAction: failed\n--b--\n"),
        "bounce (part 1: message/delivery-status)"
    );
}

TEST(MailTraits, BouncesWithoutAReport) {
    EXPECT_EQ(
        traits("From: MAILER-DAEMON@mx.example\nSubject: failure notice"),
        "bounce (From: MAILER-DAEMON@mx.example)"
    );
    EXPECT_EQ(
        traits("X-Failed-Recipients: a@b.example"), "bounce (X-Failed-Recipients: a@b.example)"
    );
    EXPECT_EQ(
        traits("Return-Path: < >\nFrom: postmaster@b.example"),
        "bounce (Return-Path: <>, From: postmaster@b.example)"
    );
    EXPECT_EQ(
        traits("Return-Path: <>\nFrom: Mail Delivery Subsystem <x@b.example>"),
        "bounce (Return-Path: <>, From: Mail Delivery Subsystem <x@b.example>)"
    );
    EXPECT_EQ(traits("Return-Path:\nFrom: postmaster@b.example"), "");
}

TEST(MailTraits, ANullReturnPathAloneIsNoBounce) {
    EXPECT_EQ(traits("Return-Path: <>\nFrom: a@b.example"), "auto-reply (Return-Path: <>)");
    EXPECT_EQ(
        traits("Return-Path: <>\nFrom: a@b.example\nAuto-Submitted: auto-replied"),
        "auto-reply (Auto-Submitted: auto-replied)"
    );
    EXPECT_EQ(
        traits("Return-Path: <>\nFrom: a@b.example\n"
               "Content-Type: multipart/report; report-type=disposition-notification; boundary=b"),
        "receipt (report-type=disposition-notification)"
    );
}

TEST(MailTraits, Receipts) {
    EXPECT_EQ(
        with_part("Content-Type: message/disposition-notification", "Disposition: displayed"),
        "receipt (part 2: message/disposition-notification)"
    );
}

TEST(MailTraits, NoticesOfOurOwnSayThatTheyAre) {
    EXPECT_EQ(traits("X-Mailferry-Notice: errors"), "notice (X-Mailferry-Notice: errors)");
    EXPECT_EQ(
        traits("Auto-Submitted: auto-generated\nx-mailferry-notice:"),
        "auto-reply (Auto-Submitted: auto-generated), notice (X-Mailferry-Notice: )"
    );
    EXPECT_EQ(traits("Subject: X-Mailferry-Notice"), "");
}

TEST(MailTraits, InvitationsAskOrAnswer) {
    EXPECT_EQ(traits("Content-Type: text/calendar; method=request"), "invite (method=request)");
    EXPECT_EQ(traits("Content-Type: text/calendar; method=PUBLISH"), "");
    for (const std::string method : {"REQUEST", "REPLY", "CANCEL", "COUNTER"})
        EXPECT_EQ(
            with_part("Content-Type: text/calendar", calendar("METHOD:" + method + "\r\n")),
            "invite (part 2: METHOD:" + method + ")"
        );
    EXPECT_EQ(
        with_part(
            "Content-Type: application/ics; name=invite.ics\nContent-Transfer-Encoding: base64",
            "QkVHSU46VkNBTEVOREFSCm1ldGhvZDogcmVxdWVzdCAK"
        ),
        "invite (part 2: METHOD:request)"
    );
    EXPECT_EQ(
        traits("Content-class: urn:content-classes:calendarmessage"),
        "invite (Content-Class: urn:content-classes:calendarmessage)"
    );
}

TEST(MailTraits, ACalendarThatMerelyTellsIsAFile) {
    for (const char* method : {"METHOD:PUBLISH\r\n", "", "X-METHOD:REQUEST\r\n", "METHOD\r\n"})
        EXPECT_EQ(with_part("Content-Type: text/calendar; name=crane.ics", calendar(method)), "")
            << method;
}

TEST(MailTraits, SignedAndEncrypted) {
    EXPECT_EQ(traits("Content-Type: multipart/signed; boundary=b"), "signed (multipart/signed)");
    EXPECT_EQ(
        traits("Content-Type: multipart/encrypted; boundary=b"), "encrypted (multipart/encrypted)"
    );
}

TEST(MailTraits, SpamIsWhatAFilterSays) {
    EXPECT_EQ(traits("X-Spam-Flag: YES"), "spam (X-Spam-Flag: YES)");
    EXPECT_EQ(traits("X-Spam-Status: Yes, score=9.1"), "spam (X-Spam-Status: Yes, score=9.1)");
    EXPECT_EQ(
        traits("X-MS-Exchange-Organization-SCL: 5"), "spam (X-MS-Exchange-Organization-SCL: 5)"
    );
    for (const char* field :
         {"X-Spam-Flag: NO",
          "X-Spam-Status: No, score=1",
          "X-MS-Exchange-Organization-SCL: 1",
          "X-MS-Exchange-Organization-SCL: -1",
          "X-Spam-Score: 9"})
        EXPECT_EQ(traits(field), "") << field;
}

TEST(MailTraits, AllOfThemInFixedOrder) {
    EXPECT_EQ(
        traits("X-Spam-Flag: YES\nContent-Type: multipart/signed; boundary=b\nReturn-Path: <>\n"
               "From: mailer-daemon@b.example\nList-Id: <l>\nPrecedence: bulk\nX-Autoreply: yes"),
        "auto-reply (X-Autoreply: yes), bulk (Precedence: bulk), list (List-Id: <l>), "
        "bounce (From: mailer-daemon@b.example), signed (multipart/signed), spam (X-Spam-Flag: YES)"
    );
}

TEST(MailTraits, ReasonsAreShortLinesOfUtf8) {
    EXPECT_EQ(traits("List-Id: \xFC\n\t<l.example>"), "list (List-Id: ü <l.example>)");
    std::string long_id = "List-Id: a";
    for (int i = 0; i < 200; ++i) long_id += "ü";
    const auto all = mime::mail_traits(mime::parse(long_id + "\n\n"));
    ASSERT_EQ(all.size(), 1U);
    EXPECT_LE(all[0].why.size(), 123U);
    EXPECT_TRUE(mime::is_utf8(all[0].why) && all[0].why.ends_with("ü…")) << all[0].why;
}
