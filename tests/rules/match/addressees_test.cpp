#include "rules/match/addressees.hpp"

#include "tests/rules/story.hpp"

namespace {

std::string told(const std::string& headers, const rules::MatchOptions& options) {
    const auto mail = story::mail(headers);
    rules::Trace trace;
    std::string text;
    for (const auto& one : candidates(mail, options, trace))
        text +=
            one.addressee->address + (one.same_as ? "=" + std::to_string(*one.same_as) : "") + " ";
    for (const auto& step : trace)
        text += "\n" + step.subject + ": " + step.seen + ", " + step.verdict;
    return text;
}

constexpr auto all =
    "From: a@x.example\nReply-To: b@x.example\nTo: c@x.example\nCc: d@x.example\nBcc: e@x.example";

TEST(Candidates, CcAndBccByDefaultReplyToNot) {
    EXPECT_EQ(
        told(all, {}),
        "a@x.example c@x.example d@x.example e@x.example "
        "\nb@x.example: reply-to, not looked at, match-reply-to=\"false\""
    );
}

TEST(Candidates, WhatAnOptionLeavesOutIsTraced) {
    rules::MatchOptions options;
    options.match_cc_bcc = false;
    options.match_reply_to = true;
    EXPECT_EQ(
        told(all, options),
        "a@x.example b@x.example c@x.example "
        "\nd@x.example: cc, not looked at, match-cc-bcc=\"false\""
        "\ne@x.example: bcc, not looked at, match-cc-bcc=\"false\""
    );
}

TEST(Candidates, TheSameAddressPointsToItsFirstPlace) {
    EXPECT_EQ(
        told("From: a@x.example\nTo: b@x.example, A@X.example\nCc: B@x.example, b@x.example", {}),
        "a@x.example b@x.example A@x.example=0 B@x.example=1 b@x.example=1 "
    );
}

}  // namespace
