#include "mime/prescan.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "mime/limits.hpp"

namespace {

using mime::prescan;

/// The tree in brackets: "multipart/mixed(text/plain:one text/html:two)".
std::string outline(const mime::Entity& entity) {
    std::string text = entity.type.value;
    if (!entity.is_multipart()) return text + ":" + std::string(entity.body);
    text += "(";
    for (const auto& part : entity.parts) text += (text.ends_with('(') ? "" : " ") + outline(part);
    return text + ")";
}

std::string problems(const mime::Prescan& scan) {
    std::string text;
    for (const auto& [where, what] : scan.problems) text += where + ": " + what + "\n";
    return text;
}

const std::string nested =
    "Content-Type: multipart/mixed; boundary=out\n"
    "\n"
    "preamble\n"
    "--out\n"
    "Content-Type: multipart/alternative; boundary=\"in\"\n"
    "\n"
    "--in\n"
    "\n"
    "one\n"
    "--in\n"
    "Content-Type: text/html\n"
    "\n"
    "two\n"
    "--in--\n"
    "--out\n"
    "Content-Type: image/png\n"
    "\n"
    "three\n"
    "--out--\n"
    "epilogue\n";

}  // namespace

TEST(Prescan, OrdinaryMailIsForMimetic) {
    const auto scan = prescan(nested);
    EXPECT_EQ(
        outline(scan.root),
        "multipart/mixed(multipart/alternative(text/plain:one text/html:two) image/png:three)"
    );
    EXPECT_TRUE(scan.ordinary);
    EXPECT_EQ(problems(scan), "");
}

TEST(Prescan, SkeletonHasTheStructureAndNothingElse) {
    EXPECT_EQ(
        prescan(nested).skeleton,
        "Content-Type: multipart/mixed; boundary=out\n\n"
        "--out\n"
        "Content-Type: multipart/alternative; boundary=\"in\"\n\n"
        "--in\n\n"
        "--in\n\n"
        "--in--\n"
        "--out\n\n"
        "--out--\n"
    );
    EXPECT_EQ(prescan("Subject: a\n\n--b\n").skeleton, "");
}

TEST(Prescan, InnerMultipartNotClosedLosesNoParts) {
    auto mail = nested;
    mail.erase(mail.find("--in--\n"), 7);
    const auto scan = prescan(mail);
    EXPECT_EQ(outline(scan.root), outline(prescan(nested).root));
    EXPECT_FALSE(scan.ordinary);
    EXPECT_EQ(problems(scan), "part 1.2: an inner multipart is not closed\n");
}

TEST(Prescan, CutMailKeepsWhatItHas) {
    const auto scan = prescan(std::string_view(nested).substr(0, nested.find("ree\n")));
    EXPECT_EQ(
        outline(scan.root),
        "multipart/mixed(multipart/alternative(text/plain:one text/html:two) image/png:th)"
    );
    EXPECT_EQ(problems(scan), "part 2: the last boundary is missing\n");
}

TEST(Prescan, BoundaryThatIsThePrefixOfAnother) {
    const std::string mail =
        "Content-Type: multipart/mixed; boundary=b\n\n"
        "--b\nContent-Type: multipart/mixed; boundary=bb\n\n"
        "--bb\n\none\n--bb--\n"
        "--b\n\ntwo\n--b--\n";
    const auto scan = prescan(mail);
    EXPECT_EQ(
        outline(scan.root), "multipart/mixed(multipart/mixed(text/plain:one) text/plain:two)"
    );
    EXPECT_EQ(problems(scan), "");
}

TEST(Prescan, WhatMimeticMustNotSee) {
    using std::string;
    const string mails[]{
        "Content-Type: multipart/mixed\n\n--\n--\n",  // no boundary
        "Subject: a\n\nb" + string(1, '\0'),          // NUL
        "Content-Type: multipart/mixed; boundary=b; x=" +
            string(mime::limits::mimetic_skeleton, 'x') + "\n\n",              // quadratic
        "Content-Type: multipart/mixed; boundary*=u''b\n\n--b\n\nx\n--b--\n",  // unread by it
        "From someone\nSubject: a\n\nb",                                       // mbox
        "no field\nSubject: a\n\nb",
    };
    for (const auto& mail : mails) EXPECT_FALSE(prescan(mail).ordinary) << mail.substr(0, 60);
}

TEST(Prescan, DepthIsBounded) {
    std::string mail;
    for (int i = 0; i < 60'000; ++i) {
        const auto name = std::to_string(i);
        mail += "Content-Type: multipart/mixed; boundary=" + name + "\n\n--" + name + "\n";
    }
    const auto scan = prescan(mail);
    EXPECT_FALSE(scan.ordinary);
    std::size_t depth = 0;
    for (const auto* entity = &scan.root; !entity->parts.empty(); entity = &entity->parts[0])
        ++depth;
    EXPECT_EQ(depth, mime::limits::depth);
}

TEST(Prescan, PartsAreBounded) {
    std::string mail = "Content-Type: multipart/mixed; boundary=b\n\n";
    for (std::size_t i = 0; i < mime::limits::parts + 5; ++i) mail += "--b\n\nx\n";
    const auto scan = prescan(mail + "--b--\n");
    EXPECT_EQ(scan.root.parts.size(), mime::limits::parts);
    EXPECT_FALSE(scan.ordinary);
}

TEST(Prescan, DigestHoldsMessages) {
    const auto scan =
        prescan("Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: x\n--b--\n");
    EXPECT_EQ(outline(scan.root), "multipart/digest(message/rfc822:Subject: x)");
}

TEST(Prescan, EmptyPartsOfADigestAreNoMails) {
    // read_message leaves them out; here they are still parts
    const auto scan =
        prescan("Content-Type: multipart/digest; boundary=b\n\n--b\n--b\n\nx\n--b--\n");
    EXPECT_EQ(scan.root.parts.size(), 2U);
}

TEST(Prescan, FromWithAColonIsNoSeparator) {
    EXPECT_EQ(prescan("From : a@b.example\n\n").root.fields.size(), 1U);
    EXPECT_EQ(prescan("From a@b.example Mon Nov 23\n\n").root.fields.size(), 0U);
}

TEST(Prescan, LinesOfOldMacs) {
    const auto scan = prescan("Subject: a\rTo: b\r\rtext\rmore");
    EXPECT_EQ(scan.root.fields.size(), 2U);
    EXPECT_EQ(scan.root.body, "text\rmore");
}

TEST(Prescan, TypeThatMakesNoSense) {
    EXPECT_EQ(prescan("Content-Type: text\n\nx").root.type.value, "text/plain");
    EXPECT_EQ(prescan("Content-Type: <html>\n\nx").root.type.value, "application/octet-stream");
}
