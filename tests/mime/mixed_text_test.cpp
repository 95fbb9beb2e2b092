#include "mime/mixed_text.hpp"

#include <gtest/gtest.h>

#include "mime/limits.hpp"

using mime::MixedText;

TEST(MixedText, BytesInTheirCodePages) {
    MixedText text;
    text.bytes("\xE4", 1252);
    text.bytes("\xE4", 1251);
    text.text(" – ");
    text.bytes("\xE4", 1253);
    EXPECT_EQ(text.finish().text, "äд – δ");
    EXPECT_EQ(text.finish().text, "");
}

TEST(MixedText, ACharacterInPiecesIsWholeAgain) {
    MixedText text;
    text.bytes("\x93", 932);
    text.bytes("", 1252);
    text.bytes("\xFA", 932);
    EXPECT_EQ(text.finish().text, "日");
}

TEST(MixedText, UnitsOfEverySize) {
    MixedText text;
    for (const unsigned unit : {0x41U, 0xE4U, 0x20ACU, 0xD83DU, 0xDE00U}) text.unit(unit);
    EXPECT_EQ(text.finish().text, "Aä€\U0001F600");
}

TEST(MixedText, HalfAPairIsNoCharacter) {
    MixedText text;
    text.bytes("x", 1252);
    text.unit(0xD83D);
    text.bytes("a", 1252);
    text.unit(0xDE00);
    text.unit(0xD83D);
    text.text("b");
    text.unit(0xD83D);
    text.unit(0xD83D);
    EXPECT_EQ(text.finish().text, "x\uFFFDa\uFFFD\uFFFDb\uFFFD\uFFFD");
}

TEST(MixedText, TheFirstProblemIsNamed) {
    MixedText text;
    text.bytes("\xE4", 4711);
    text.bytes("\x81", 1251);
    text.bytes("\xFF\xFF", 65001);
    const auto decoded = text.finish();
    EXPECT_EQ(decoded.problem, "no charset is named; read as windows-1252");
    EXPECT_EQ(decoded.text.substr(0, 2), "ä");
}

TEST(MixedText, WhatIsLongerThanTheBoundIsCutBetweenCharacters) {
    MixedText text;
    text.bytes(std::string(mime::limits::text / 3 + 1000, '\x80'), 1252);  // three bytes each
    EXPECT_TRUE(text.finish().cut);
    text.text("x");
    for (int i = 0; i < 2; ++i) text.bytes(std::string(mime::limits::text / 4, '\xE4'), 1252);
    const auto decoded = text.finish();
    EXPECT_TRUE(decoded.cut);
    EXPECT_EQ(decoded.text.size(), mime::limits::text - 1);
    text.text("x");
    EXPECT_FALSE(text.finish().cut);
}
