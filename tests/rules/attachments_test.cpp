#include "rules/attachments.hpp"

#include <gtest/gtest.h>

namespace {

const std::vector<rules::MailAttachment> files{
    {"offer.pdf", "application/pdf", 12'700, false},
    {"logo.png", "image/png", 500, true},
    {std::nullopt, "message/rfc822", 3 * 1024 * 1024, false}};

TEST(Attachments, NothingIsStoredUnlessThePolicySaysSo) {
    rules::Trace trace;
    const auto choices = choose_attachments(files, {}, trace);
    ASSERT_EQ(choices.size(), 3U);
    for (const auto& choice : choices) EXPECT_FALSE(choice.stored);
    EXPECT_EQ(choices[0].why, "attachments are not stored (store=\"false\")");
    EXPECT_EQ(rules::attachment_summary(files, {}), "");
}

TEST(Attachments, EachOfThemIsStoredAndTraced) {
    rules::Trace trace;
    const auto choices = choose_attachments(files, {.store = true, .summary = false}, trace);
    ASSERT_EQ(choices.size(), 3U);
    for (const auto& choice : choices) EXPECT_TRUE(choice.stored);
    EXPECT_EQ(choices[2].filename, std::nullopt);
    ASSERT_EQ(trace.size(), 3U);
    EXPECT_EQ(
        trace[0],
        (rules::TraceStep{"attachment", "offer.pdf", "application/pdf, 12.4 KiB", "stored"})
    );
    EXPECT_EQ(rules::attachment_summary(files, {.store = true, .summary = false}), "");
}

TEST(Attachments, TheSummaryListsFilesButNoPicturesOfTheText) {
    EXPECT_EQ(
        rules::attachment_summary(files, {.store = true, .summary = true}),
        "\n\nAttachments:\n- offer.pdf (12.4 KiB)\n- unnamed message/rfc822 (3.0 MiB)\n"
    );
}

TEST(Attachments, WithoutFilesThereIsNoSummary) {
    EXPECT_EQ(rules::attachment_summary({}, {.store = true, .summary = true}), "");
    EXPECT_EQ(rules::attachment_summary({files[1]}, {.store = true, .summary = true}), "");
}

TEST(Attachments, ANameCannotForgeALineOfTheSummary) {
    EXPECT_EQ(
        rules::attachment_summary(
            {{"a.pdf\n- b.pdf (1 bytes)", "x/y", 2, false}}, {.store = true, .summary = true}
        ),
        "\n\nAttachments:\n- a.pdf - b.pdf (1 bytes) (2 bytes)\n"
    );
}

}  // namespace
