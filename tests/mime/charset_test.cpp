#include "mime/charset.hpp"

#include <gtest/gtest.h>

using mime::to_utf8;

TEST(Charset, Latin1MeansWindows1252) {
    EXPECT_EQ(
        to_utf8(
            "\x80 5 f\xFCr \x93"
            "zwei\x94",
            "ISO-8859-1"
        )
            .text,
        "€ 5 für “zwei”"
    );
}

TEST(Charset, LabelMayHaveQuotesBlanksAndAComment) {
    EXPECT_EQ(to_utf8("\xE4", " \"iso-8859-1\" (Latin)").text, "ä");
}

TEST(Charset, AsiaAndRussia) {
    EXPECT_EQ(to_utf8("\xC4\xC1", "koi8-r").text, "да");
    EXPECT_EQ(to_utf8("\xC4\xE3\xBA\xC3", "gb2312").text, "你好");
    EXPECT_EQ(to_utf8("\x93\xFA\x96\x7B", "Shift_JIS").text, "日本");
    EXPECT_EQ(to_utf8("\x1B$BF|K\\\x1B(B", "iso-2022-jp").text, "日本");
    EXPECT_EQ(to_utf8("\xC7\xD1", "ks_c_5601-1987").text, "한");
}

TEST(Charset, UnknownLabelIsUtf8WhereValidElseWindows1252) {
    EXPECT_EQ(to_utf8("f\xC3\xBCr", "x-unheard-of").text, "für");
    EXPECT_EQ(to_utf8("f\xFCr", "x-unheard-of").text, "für");
    EXPECT_EQ(to_utf8("f\xFCr", "us-ascii").text, "für");
    EXPECT_EQ(to_utf8("f\xFCr", "").text, "für");
}

TEST(Charset, WhatIsGuessedIsSaid) {
    const auto problem = [](const char* bytes, const char* label) {
        return to_utf8(bytes, label).problem;
    };
    EXPECT_EQ(problem("f\xC3\xBCr", "X-None"), "charset 'x-none' is unknown; read as UTF-8");
    EXPECT_EQ(problem("for", "x-none"), "charset 'x-none' is unknown; read as UTF-8");
    EXPECT_EQ(problem("f\xFCr", ""), "no charset is named; read as windows-1252");
    EXPECT_EQ(problem("f\xC3\xBCr", ""), "");
    EXPECT_EQ(problem("f\xFCr", "iso-8859-1"), "");
    const std::string longest(200, 'x');
    EXPECT_EQ(
        problem("", longest.c_str()),
        "charset '" + longest.substr(0, 40) + "' is unknown; read as UTF-8"
    );
}

TEST(Charset, BytesWithoutMeaningAreReplacedAndCounted) {
    const auto decoded = to_utf8(
        "a\xFF"
        "b\xFE",
        "utf-8"
    );
    EXPECT_EQ(decoded.text, "a\uFFFDb\uFFFD");
    EXPECT_EQ(decoded.replaced, 2U);
    EXPECT_EQ(decoded.problem, "2 characters not in charset 'utf-8'");
    EXPECT_EQ(to_utf8("f\xC3\xBCr", "utf-8").replaced, 0U);
}

TEST(Charset, LongTextsPassThroughInPieces) {
    std::string bytes, expected;
    for (int i = 0; i < 20'000; ++i) {
        bytes += "\xE4";
        expected += "ä";
    }
    EXPECT_EQ(to_utf8(bytes, "iso-8859-15").text, expected);
}

TEST(Charset, WellFormedUtf8HasNoSurrogatesAndNothingOverlong) {
    EXPECT_TRUE(mime::is_utf8("a \xC3\xA4 \xE2\x82\xAC \xF0\x9F\x8D\xBF"));
    for (const char* wrong :
         {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\x80"})
        EXPECT_FALSE(mime::is_utf8(wrong)) << wrong;
}

TEST(Charset, ACharacterIsNotCutInTwo) {
    EXPECT_EQ(mime::whole_characters("Tür", 2), "T");
    EXPECT_EQ(mime::whole_characters("Tür", 3), "Tü");
    EXPECT_EQ(mime::whole_characters("Tür", 9), "Tür");
    EXPECT_EQ(mime::whole_characters("ü", 1), "");
}

TEST(Charset, EmptySegmentsOfIso2022AreNoFault) {
    const auto japanese = mime::to_utf8("\x1b$BF|K\\\x1b(B\x1b$B8l\x1b(B", "ISO-2022-JP");
    EXPECT_EQ(japanese.text, "日本語");
    EXPECT_EQ(japanese.replaced, 0U);
    EXPECT_EQ(mime::to_utf8("~{VPND~}~{~}", "HZ-GB-2312").text, "中文");
}
