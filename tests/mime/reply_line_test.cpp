#include "mime/reply_line.hpp"

#include <gtest/gtest.h>

using mime::folded;

TEST(ReplyLine, LinesEndAtLineFeeds) {
    EXPECT_EQ(mime::split_lines("a\n\nb\n"), (std::vector<std::string_view>{"a", "", "b"}));
    EXPECT_EQ(mime::split_lines(""), std::vector<std::string_view>{});
}

TEST(ReplyLine, FoldingMakesWordsComparable) {
    EXPECT_EQ(folded("  *Von:*  Jürgen\tÖ  "), "von: jürgen ö");
    EXPECT_EQ(folded("À\u00A0: 9:55\u202FAM"), "à : 9:55 am");
    EXPECT_EQ(folded("\uFEFFMessage d\u2019origine"), "message d'origine");
    EXPECT_EQ(folded("2 × 3 ÷"), "2 × 3 ÷");
    EXPECT_EQ(folded("北門"), "北門");
}

TEST(ReplyLine, WhatNobodySeesIsLeftOut) {
    EXPECT_EQ(folded("V\u034Fo\u180En\u200B:\u200E \u2060a\u2009b\u2007\u00ADc"), "von: a b c");
}

TEST(ReplyLine, FoldingLooksAtTheBeginningOnly) {
    EXPECT_EQ(folded("From: Anna", 6), "from:");
}

TEST(ReplyLine, BrokenCharactersAreFoldedAsTheyAre) {
    EXPECT_EQ(folded("a\xC3"), "a\xC3");
    EXPECT_EQ(folded("\xF0\x9F"), "\xF0\x9F");
}

TEST(ReplyLine, BlankIsWhatShowsNothing) {
    EXPECT_TRUE(mime::is_blank_line(""));
    EXPECT_TRUE(mime::is_blank_line(" \t\u00A0\u200B"));
    EXPECT_FALSE(mime::is_blank_line(" . "));
    EXPECT_FALSE(mime::is_blank_line("*"));
    EXPECT_FALSE(mime::is_blank_line("\u00A0*"));
}

TEST(ReplyLine, ARuleOnlyDraws) {
    EXPECT_TRUE(mime::is_rule("________________________________"));
    EXPECT_TRUE(mime::is_rule(" ----- "));
    EXPECT_FALSE(mime::is_rule("--"));
    EXPECT_FALSE(mime::is_rule("----- x"));
}

TEST(ReplyLine, TheMarkOfAQuotationStandsInFront) {
    EXPECT_TRUE(mime::is_quoted_line("> Hi"));
    EXPECT_TRUE(mime::is_quoted_line(" >> Hi"));
    EXPECT_FALSE(mime::is_quoted_line("    > Hi"));
    EXPECT_FALSE(mime::is_quoted_line("a > b"));
    EXPECT_FALSE(mime::is_quoted_line(">>> sale <<<"));
}

TEST(ReplyLine, AWordStandsAlone) {
    EXPECT_EQ(mime::find_word("unsent, sent:", "sent"), 8U);
    EXPECT_EQ(mime::find_word("unsent", "sent"), std::string_view::npos);
    EXPECT_EQ(mime::find_word("a écrit", "écrit"), 2U);
}
