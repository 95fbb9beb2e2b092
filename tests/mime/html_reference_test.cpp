#include "mime/html_reference.hpp"

#include <gtest/gtest.h>

using mime::decode_html;
using mime::escape_html;

TEST(HtmlReference, Names) {
    EXPECT_EQ(decode_html("&auml;&euro;&diams;&apos;&lt;", false), "ä€♦'<");
    EXPECT_EQ(decode_html("javascript&colon;x&NewLine;&lbrace;", true), "javascript:x\n{");
    EXPECT_EQ(decode_html("&Auml;&AUML;&nope;&;&", false), "Ä&AUML;&nope;&;&");
}

TEST(HtmlReference, SomeNamesNeedNoSemicolon) {
    EXPECT_EQ(decode_html("&amp &copy, &euro x", false), "& ©, &euro x");
    EXPECT_EQ(decode_html("?a=1&copy=2&lt", true), "?a=1&copy=2<");
    EXPECT_EQ(decode_html("&copy=2", false), "©=2");
}

TEST(HtmlReference, Numbers) {
    EXPECT_EQ(decode_html("&#228;&#xE4;&#XE4;&#x1F69A;&#65 &#66x", false), "äää🚚A Bx");
    EXPECT_EQ(decode_html("&#;&#x;&#xg;", false), "&#;&#x;&#xg;");
}

TEST(HtmlReference, NumbersOfWindowsAreWhatTheyWereMeantFor) {
    EXPECT_EQ(decode_html("&#128;&#150;&#x9F;&#160;", false), "€–Ÿ\u00A0");
    EXPECT_EQ(decode_html("&#129;&#x9D;", false), "\u0081\u009D");
}

TEST(HtmlReference, NumbersThatAreNoCharacter) {
    EXPECT_EQ(decode_html("&#0;&#xD800;&#x110000;&#99999999999999999999;", false), "����");
}

TEST(HtmlReference, ControlsVanishAndLinesEndInLineFeeds) {
    EXPECT_EQ(
        decode_html(std::string_view("a\0b\x01\x7F\tc\r\nd\re\ff&#1;&#13;", 22), false),
        "ab\tc\nd\ne f\n"
    );
}

TEST(HtmlReference, EscapedIsWhatItWas) {
    EXPECT_EQ(escape_html("<a b=\"c\">&`'"), "&lt;a b=&quot;c&quot;&gt;&amp;&#96;'");
    for (const char* text : {"&amp;", "<b>", "\"`'&lt", "&&#"})
        EXPECT_EQ(decode_html(escape_html(text), true), text);
}
