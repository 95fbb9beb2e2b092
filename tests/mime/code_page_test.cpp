#include "mime/code_page.hpp"

#include <gtest/gtest.h>

#include "mime/charset.hpp"

using mime::charset_of_code_page;
using mime::code_page_of_font;

TEST(CodePage, NumbersOfWindowsAndIso) {
    EXPECT_EQ(charset_of_code_page(1252), "windows-1252");
    EXPECT_EQ(charset_of_code_page(28592), "iso-8859-2");
    EXPECT_EQ(charset_of_code_page(28605), "iso-8859-15");
    EXPECT_EQ(charset_of_code_page(20866), "koi8-r");
    EXPECT_EQ(charset_of_code_page(65001), "utf-8");
}

TEST(CodePage, UnknownNumbersPromiseNothing) {
    EXPECT_EQ(charset_of_code_page(0), "");
    EXPECT_EQ(charset_of_code_page(1259), "");
    EXPECT_EQ(charset_of_code_page(99999), "");
}

TEST(CodePage, EveryLabelIsKnownToCharset) {
    for (unsigned number = 1; number < 66'000; ++number) {
        const auto label = charset_of_code_page(number);
        if (label.empty() || number == 28602) continue;  // there is no ISO-8859-12
        EXPECT_EQ(mime::to_utf8("a\xE4", label).problem.find("unknown"), std::string::npos)
            << label;
    }
}

TEST(CodePage, CharsetsOfFonts) {
    EXPECT_EQ(code_page_of_font(204), 1251U);
    EXPECT_EQ(code_page_of_font(128), 932U);
    EXPECT_EQ(code_page_of_font(0), 1252U);
    for (const int charset : {-1, 1, 2, 300}) EXPECT_EQ(code_page_of_font(charset), 0U) << charset;
}
