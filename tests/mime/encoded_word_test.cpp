#include "mime/encoded_word.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

using mime::decode_words;

TEST(EncodedWord, QuotedAndBase64) {
    EXPECT_EQ(decode_words("=?utf-8?Q?Gr=C3=BC=C3=9Fe_aus_Kiel?="), "Grüße aus Kiel");
    EXPECT_EQ(decode_words("=?UTF-8?b?R3LDvMOfZQ==?="), "Grüße");
}

TEST(EncodedWord, BlanksBetweenTwoVanishOthersStay) {
    EXPECT_EQ(decode_words("Re: =?utf-8?Q?a?= \t =?utf-8?Q?b?= c"), "Re: ab c");
}

TEST(EncodedWord, CharacterCutInTwoIsPutTogether) {
    EXPECT_EQ(decode_words("=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?="), "Grüße");
}

TEST(EncodedWord, CharsetsMayChangeFromWordToWord) {
    EXPECT_EQ(decode_words("=?iso-8859-1?Q?=FC?= =?koi8-r?Q?=C4=C1?="), "üда");
}

TEST(EncodedWord, JapaneseInEscapeSequences) {
    EXPECT_EQ(decode_words("=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?="), "日本");
}

TEST(EncodedWord, LanguageBehindTheCharsetIsPassedOver) {
    EXPECT_EQ(decode_words("=?us-ascii*en?Q?Keith?="), "Keith");
}

TEST(EncodedWord, BlanksWithinAWordAreTolerated) {
    EXPECT_EQ(decode_words("=?utf-8?Q?two words?="), "two words");
}

TEST(EncodedWord, WhatIsNoneStaysAsItIs) {
    for (const char* text : {"=?utf-8?Q?open", "=?utf-8?X?a?=", "=?", "a =?= b", "=?utf-8?Q", ""})
        EXPECT_EQ(decode_words(text), text);
}

TEST(EncodedWord, RawBytesBesideWordsAreUtf8OrElseWindows1252) {
    EXPECT_EQ(decode_words("\xE4 =?utf-8?Q?b?="), "ä b");
    EXPECT_EQ(decode_words("\xC3\xA4 =?utf-8?Q?b?="), "ä b");
}

TEST(EncodedWord, UnknownCharsetIsGuessed) {
    EXPECT_EQ(decode_words("=?x-none?Q?Gr=C3=BC=C3=9Fe?="), "Grüße");
    EXPECT_EQ(decode_words("=?x-none?Q?Gr=FC=DFe?="), "Grüße");
}

TEST(EncodedWord, WhatIsGuessedOrReplacedIsToldOnce) {
    const std::vector<std::string> expected{
        "charset 'x-none' is unknown; read as windows-1252",
        "1 character not in charset 'utf-8'",
        "no charset is named; read as windows-1252",
    };
    EXPECT_EQ(
        mime::charset_problems(
            "=?x-none?Q?=FC?= a =?x-none?Q?=DF?= b =?utf-8?Q?=FC?= \xFC =?koi8-r?Q?=C4?= \xDF"
        ),
        expected
    );
    EXPECT_TRUE(mime::charset_problems("T\xC3\xBCr =?utf-8?Q?b?= =?x-none?Q?? =?").empty());
}

TEST(EncodedWord, ManyBeginningsWithoutEndAreReadOnce) {
    std::string text;
    for (int i = 0; i < 200'000; ++i) text += "=?a?q?x";
    EXPECT_TRUE(decode_words(text) == text);
}

TEST(EncodedWord, OneThatIsNeverClosedDoesNotTakeTheNext) {
    EXPECT_EQ(decode_words("=?utf-8?Q?a =?utf-8?Q?=C3=BC?="), "=?utf-8?Q?a ü");
    EXPECT_EQ(decode_words("=?utf-8?Q?a=?="), "a=");
}

TEST(EncodedWord, ShiftsOfIso2022AreJoinedWithoutATrace) {
    EXPECT_EQ(
        decode_words("=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?= =?ISO-2022-JP?B?GyRCOGwbKEI=?="), "日本語"
    );
}
