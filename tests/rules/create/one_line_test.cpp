#include "rules/create/one_line.hpp"

#include <gtest/gtest.h>

namespace {

TEST(OneLine, CollapsesWhiteSpaceOfEveryKind) {
    EXPECT_EQ(rules::one_line("  a \r\n\t b  "), "a b");
    EXPECT_EQ(rules::one_line("a\u00A0b\u3000c\u200Bd"), "a b c d");
    EXPECT_EQ(rules::one_line(""), "");
    EXPECT_EQ(rules::one_line(" \n "), "");
}

TEST(OneLine, DropsWhatCannotBeSeen) {
    EXPECT_EQ(
        rules::one_line("a\x01\u202E\u2066"
                        "b"),
        "ab"
    );
    EXPECT_EQ(rules::one_line(std::string("a\0b", 3)), "ab");
    EXPECT_EQ(rules::one_line("👩\u200D🔧"), "👩\u200D🔧");
}

TEST(OneLine, KeepsNoMoreCharactersThanANameMayHaveAndNoHalfOne) {
    std::string text, expected;
    for (int i = 0; i < 300; ++i) text += "ü";
    for (int i = 0; i < 255; ++i) expected += "ü";
    EXPECT_EQ(rules::one_line(text), expected);
    EXPECT_EQ(rules::one_line(std::string(254, 'a') + " b"), std::string(254, 'a'));
    EXPECT_EQ(rules::one_line(std::string(253, 'a') + " bc"), std::string(253, 'a') + " b");
}

TEST(OneLine, BrokenUtf8BecomesReplacementCharacters) {
    EXPECT_EQ(
        rules::one_line("a\xFF"
                        "b"),
        "a\uFFFD"
        "b"
    );
}

}  // namespace
