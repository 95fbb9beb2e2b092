#include "mime/mail_traits.hpp"

#include <gtest/gtest.h>

#include <fmt/ranges.h>

#include "mime/parse.hpp"

namespace {

/// Of a mail with these header fields and an empty body.
std::string traits(const std::string& fields) {
    const auto mail = fields + "\n\n";
    return fmt::format("{}", fmt::join(mime::mail_traits(mime::parse(mail)), " "));
}

}  // namespace

TEST(MailTraits, MailOfAPersonHasNone) {
    EXPECT_EQ(traits("From: a@b.example\nAuto-Submitted: no\nReturn-Path: <a@b.example>"), "");
}

TEST(MailTraits, RepliesOfMachines) {
    EXPECT_EQ(traits("Auto-Submitted: auto-replied; owner-email=\"a@b.example\""), "auto-reply");
    EXPECT_EQ(traits("X-Autoreply: yes"), "auto-reply");
    EXPECT_EQ(traits("Precedence: auto_reply"), "auto-reply");
}

TEST(MailTraits, ListsAndNewsletters) {
    EXPECT_EQ(traits("List-Id: <l.example>\nPrecedence: list"), "bulk list");
    EXPECT_EQ(traits("List-Unsubscribe: <https://n.example/u>"), "bulk");
    EXPECT_EQ(traits("Precedence: bulk"), "bulk");
}

TEST(MailTraits, BouncesAndReceipts) {
    EXPECT_EQ(traits("Return-Path: <>"), "bounce");
    EXPECT_EQ(
        traits("Content-Type: multipart/report; report-type=delivery-status; boundary=b"), "bounce"
    );
    EXPECT_EQ(
        traits("Content-Type: multipart/report; report-type=disposition-notification; boundary=b"),
        "receipt"
    );
}

TEST(MailTraits, Invitations) {
    EXPECT_EQ(traits("Content-Type: text/calendar; method=REQUEST"), "invite");
}

TEST(MailTraits, SignedAndEncrypted) {
    EXPECT_EQ(traits("Content-Type: multipart/signed; boundary=b"), "signed");
    EXPECT_EQ(traits("Content-Type: application/pkcs7-mime; smime-type=signed-data"), "signed");
    EXPECT_EQ(traits("Content-Type: multipart/encrypted; boundary=b"), "encrypted");
    EXPECT_EQ(
        traits("Content-Type: application/pkcs7-mime; smime-type=enveloped-data"), "encrypted"
    );
}
