#include "rules/attachments.hpp"

#include <gtest/gtest.h>

namespace {

const std::vector<rules::MailAttachment> files{
    {"offer.pdf", "application/pdf", 12'700, false},
    {"logo.png", "image/png", 500, true},
    {std::nullopt, "message/rfc822", 3 * 1024 * 1024, false}};

constexpr rules::AttachmentOptions stored{.store = true, .summary = true};

/// Of a CRM that takes everything.
std::string summary(const std::vector<rules::MailAttachment>& sent) {
    rules::Trace trace;
    return rules::attachment_summary(sent, choose_attachments(sent, stored, {}, trace), stored);
}

TEST(Attachments, NothingIsStoredUnlessThePolicySaysSo) {
    rules::Trace trace;
    const auto choices = choose_attachments(files, {}, {}, trace);
    ASSERT_EQ(choices.size(), 3U);
    for (const auto& choice : choices) EXPECT_FALSE(choice.stored);
    EXPECT_EQ(choices[0].why, "attachments are not stored (store=\"false\")");
    EXPECT_EQ(rules::attachment_summary(files, choices, {}), "");
}

TEST(Attachments, EachOfThemIsStoredAndTraced) {
    rules::Trace trace;
    const auto choices = choose_attachments(files, {.store = true, .summary = false}, {}, trace);
    ASSERT_EQ(choices.size(), 3U);
    for (const auto& choice : choices) EXPECT_TRUE(choice.stored);
    EXPECT_EQ(choices[2].filename, std::nullopt);
    ASSERT_EQ(trace.size(), 3U);
    EXPECT_EQ(
        trace[0],
        (rules::TraceStep{"attachment", "offer.pdf", "application/pdf, 12.4 KiB", "stored"})
    );
    EXPECT_EQ(rules::attachment_summary(files, choices, {.store = true, .summary = false}), "");
}

TEST(Attachments, TheSummaryListsFilesButNoPicturesOfTheText) {
    EXPECT_EQ(
        summary(files),
        "\n\nAttachments:\n"
        "- offer.pdf (12.4 KiB), stored\n"
        "- unnamed message/rfc822 (3.0 MiB), stored\n"
    );
}

TEST(Attachments, WithoutFilesThereIsNoSummary) {
    EXPECT_EQ(summary({}), "");
    EXPECT_EQ(summary({files[1]}), "");
}

TEST(Attachments, ANameCannotForgeALineOfTheSummary) {
    EXPECT_EQ(
        summary({{"a.pdf\n- b.pdf (1 bytes)", "x/y", 2, false}}),
        "\n\nAttachments:\n- a.pdf - b.pdf (1 bytes) (2 bytes), stored\n"
    );
}

TEST(Attachments, WhatTheCrmDoesNotTakeIsLeftOutAndListedWithTheReason) {
    const std::vector<rules::MailAttachment> sent{
        {"Setup.EXE", "application/octet-stream", 10, false},
        {"invoice.pdf.exe . ", "application/pdf", 10, false},
        {"exe", "text/plain", 10, false},
        {"plan.pdf", "application/pdf", 2049, false},
        {"note.txt", "text/plain", 2048, false},
        {"big.png", "image/png", 5000, true}};
    const rules::AttachmentRules crm{2048, {"exe"}};
    rules::Trace trace;
    const auto choices = choose_attachments(sent, stored, crm, trace);
    std::string told;
    for (const auto& choice : choices)
        told += choice.filename.value() + (choice.stored ? ": stored" : ": " + choice.why) + "\n";
    EXPECT_EQ(
        told,
        "Setup.EXE: the CRM takes no .exe files\n"
        "invoice.pdf.exe . : the CRM takes no .exe files\n"
        "exe: stored\n"
        "plan.pdf: the CRM takes 2.0 KiB at most\n"
        "note.txt: stored\n"
        "big.png: the CRM takes 2.0 KiB at most\n"
    );
    EXPECT_EQ(trace[0].verdict, "refused: the CRM takes no .exe files");
    EXPECT_EQ(
        rules::attachment_summary({sent[0], sent[4], sent[5]}, {choices[0], choices[4], choices[5]}, stored),
        "\n\nAttachments:\n"
        "- Setup.EXE (10 bytes), not stored: the CRM takes no .exe files\n"
        "- note.txt (2.0 KiB), stored\n"
    );
}

}  // namespace
