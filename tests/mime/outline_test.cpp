#include "mime/outline.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "mime/limits.hpp"

namespace {

using mime::outline_of;

/// The tree in brackets: "multipart/mixed(text/plain:one text/html:two)".
std::string outline(const mime::Entity& entity) {
    std::string text = entity.type.value;
    if (!entity.is_multipart()) return text + ":" + std::string(entity.body);
    text += "(";
    for (const auto& part : entity.parts) text += (text.ends_with('(') ? "" : " ") + outline(part);
    return text + ")";
}

std::string problems(const mime::Outline& scan) {
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

TEST(Outline, OrdinaryMailIsForMimetic) {
    const auto scan = outline_of(nested);
    EXPECT_EQ(
        outline(scan.root),
        "multipart/mixed(multipart/alternative(text/plain:one text/html:two) image/png:three)"
    );
    EXPECT_TRUE(scan.mimetic_may_see);
    EXPECT_EQ(problems(scan), "");
}

TEST(Outline, SkeletonHasTheStructureAndNothingElse) {
    EXPECT_EQ(
        outline_of(nested).skeleton,
        "Content-Type: multipart/mixed; boundary=out\n\n"
        "--out\n"
        "Content-Type: multipart/alternative; boundary=\"in\"\n\n"
        "--in\n\n"
        "--in\n\n"
        "--in--\n"
        "--out\n\n"
        "--out--\n"
    );
    EXPECT_EQ(outline_of("Subject: a\n\n--b\n").skeleton, "");
}

TEST(Outline, InnerMultipartNotClosedLosesNoParts) {
    auto mail = nested;
    mail.erase(mail.find("--in--\n"), 7);
    const auto scan = outline_of(mail);
    EXPECT_EQ(outline(scan.root), outline(outline_of(nested).root));
    EXPECT_FALSE(scan.mimetic_may_see);
    EXPECT_EQ(problems(scan), "part 1.2: an inner multipart is not closed\n");
}

TEST(Outline, CutMailKeepsWhatItHas) {
    const auto scan = outline_of(std::string_view(nested).substr(0, nested.find("ree\n")));
    EXPECT_EQ(
        outline(scan.root),
        "multipart/mixed(multipart/alternative(text/plain:one text/html:two) image/png:th)"
    );
    EXPECT_EQ(problems(scan), "part 2: the last boundary is missing\n");
}

TEST(Outline, BoundaryThatIsThePrefixOfAnother) {
    const std::string mail =
        "Content-Type: multipart/mixed; boundary=b\n\n"
        "--b\nContent-Type: multipart/mixed; boundary=bb\n\n"
        "--bb\n\none\n--bb--\n"
        "--b\n\ntwo\n--b--\n";
    const auto scan = outline_of(mail);
    EXPECT_EQ(
        outline(scan.root), "multipart/mixed(multipart/mixed(text/plain:one) text/plain:two)"
    );
    EXPECT_EQ(problems(scan), "");
}

TEST(Outline, WhatMimeticMustNotSee) {
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
    for (const auto& mail : mails)
        EXPECT_FALSE(outline_of(mail).mimetic_may_see) << mail.substr(0, 60);
}

TEST(Outline, DepthIsBounded) {
    std::string mail;
    for (int i = 0; i < 60'000; ++i) {
        const auto name = std::to_string(i);
        mail += "Content-Type: multipart/mixed; boundary=" + name + "\n\n--" + name + "\n";
    }
    const auto scan = outline_of(mail);
    EXPECT_FALSE(scan.mimetic_may_see);
    std::size_t depth = 0;
    for (const auto* entity = &scan.root; !entity->parts.empty(); entity = &entity->parts[0])
        ++depth;
    EXPECT_EQ(depth, mime::limits::depth);
}

TEST(Outline, PartsAreBounded) {
    std::string mail = "Content-Type: multipart/mixed; boundary=b\n\n";
    for (std::size_t i = 0; i < mime::limits::parts + 5; ++i) mail += "--b\n\nx\n";
    const auto scan = outline_of(mail + "--b--\n");
    EXPECT_EQ(scan.root.parts.size(), mime::limits::parts);
    EXPECT_FALSE(scan.mimetic_may_see);
}

TEST(Outline, DigestHoldsMessages) {
    const auto scan =
        outline_of("Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: x\n--b--\n");
    EXPECT_EQ(outline(scan.root), "multipart/digest(message/rfc822:Subject: x)");
}

TEST(Outline, EmptyPartsOfADigestAreNoMails) {
    // read_message leaves them out; here they are still parts
    const auto scan =
        outline_of("Content-Type: multipart/digest; boundary=b\n\n--b\n--b\n\nx\n--b--\n");
    EXPECT_EQ(scan.root.parts.size(), 2U);
}

TEST(Outline, FromWithAColonIsNoSeparator) {
    EXPECT_EQ(outline_of("From : a@b.example\n\n").root.fields.size(), 1U);
    EXPECT_EQ(outline_of("From a@b.example Mon Nov 23\n\n").root.fields.size(), 0U);
}

TEST(Outline, LinesOfOldMacs) {
    const auto scan = outline_of("Subject: a\rTo: b\r\rtext\rmore");
    EXPECT_EQ(scan.root.fields.size(), 2U);
    EXPECT_EQ(scan.root.body, "text\rmore");
}

TEST(Outline, TypeThatMakesNoSense) {
    EXPECT_EQ(outline_of("Content-Type: text\n\nx").root.type.value, "text/plain");
    EXPECT_EQ(outline_of("Content-Type: <html>\n\nx").root.type.value, "application/octet-stream");
}

TEST(Outline, FieldsOfPartsThatNobodyReadsAreNotKept) {
    const auto scan = outline_of(
        "X-A: 1\nContent-Type: multipart/mixed; boundary=b\n\n--b\nX-B: 2\nContent-ID: "
        "<c>\n\n--b--\n"
    );
    EXPECT_EQ(scan.root.fields.size(), 2U);
    ASSERT_EQ(scan.root.parts.at(0).fields.size(), 1U);
    EXPECT_EQ(scan.root.parts[0].fields[0].name, "Content-ID");
}

TEST(Outline, HeadersOfAllPartsHaveOneBudget) {
    std::string mail = "Content-Type: multipart/mixed; boundary=b\n\n";
    for (int part = 0; part < 100; ++part) {
        mail += "--b\n";
        for (int field = 0; field < 1'000; ++field) mail += "Content-X: y\n";
        mail += "\nx\n";
    }
    const auto scan = outline_of(mail);
    std::size_t fields = 0;
    for (const auto& part : scan.root.parts) fields += part.fields.size();
    EXPECT_EQ(fields + 1, mime::limits::header_fields);
    EXPECT_NE(problems(scan).find("more header fields than are read"), std::string::npos);
}

TEST(Outline, InnermostOfEqualBoundariesIsMeant) {
    const auto scan = outline_of(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--\n--b\n\ntwo\n--b--\n"
    );
    EXPECT_EQ(
        outline(scan.root), "multipart/mixed(multipart/mixed(text/plain:one) text/plain:two)"
    );
    const auto longer = outline_of(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
        "Content-Type: multipart/mixed; boundary=b--\n\n--b--\n\none\n--b----\n--b\n\ntwo\n--b--\n"
    );
    EXPECT_EQ(
        outline(longer.root), "multipart/mixed(multipart/mixed(text/plain:one) text/plain:two)"
    );
}
