#include "mime/charset_label.hpp"

#include <gtest/gtest.h>

#include "mime/charset.hpp"

using mime::bare_label;
using mime::charset_of;

TEST(CharsetLabel, QuotesBlanksCommentsAndLetterCaseDoNotCount) {
    EXPECT_EQ(bare_label(" \"ISO-8859-1\" (Latin)"), "iso-8859-1");
    EXPECT_EQ(bare_label("'utf-8'; x"), "utf-8");
    EXPECT_EQ(bare_label(" "), "");
}

TEST(CharsetLabel, SomeMeanMoreThanTheySay) {
    EXPECT_EQ(charset_of("iso-8859-1"), "windows-1252");
    EXPECT_EQ(charset_of("gb2312"), "gb18030");
    EXPECT_EQ(charset_of("euc-kr"), "windows-949");
    EXPECT_EQ(charset_of("latin10"), "iso-8859-16");
    EXPECT_EQ(charset_of("ansi_x3.4-1968"), "us-ascii");
}

TEST(CharsetLabel, OthersStayAndSomeSayNothing) {
    EXPECT_EQ(charset_of("koi8-r"), "koi8-r");
    EXPECT_EQ(charset_of("x-unheard-of"), "x-unheard-of");
    EXPECT_EQ(charset_of("unknown-8bit"), "");
}

TEST(CharsetLabel, CodePagesOfWindowsHaveManyNames) {
    for (const char* label :
         {"win-1251", "win1251", "cp1251", "cp-1251", "x-cp1251", "windows1251"})
        EXPECT_EQ(charset_of(label), "windows-1251") << label;
    EXPECT_EQ(charset_of("cp12510"), "cp12510");
}

TEST(CharsetLabel, EveryMeaningIsKnownToTheConverter) {
    for (const char* label :
         {"chinese",
          "big5",
          "uhc",
          "koi",
          "koi8-ru",
          "latin7",
          "logical",
          "dos-874",
          "csunicode11utf7"})
        EXPECT_EQ(mime::to_utf8("\x82\xA0 abc", label).problem.find("unknown"), std::string::npos)
            << label;
}
