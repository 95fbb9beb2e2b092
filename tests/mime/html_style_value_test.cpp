#include "mime/html_style_value.hpp"

#include <gtest/gtest.h>

using mime::plain_style_value;

TEST(HtmlStyleValue, PlainValuesAreWrittenAnew) {
    EXPECT_EQ(plain_style_value("  1px \n solid  #ABC"), "1px solid #ABC");
    EXPECT_EQ(plain_style_value("\"a b\",c/d"), "'a b',c/d");
    EXPECT_EQ(plain_style_value("RGB(1, 2%, .3)"), "rgb(1, 2%, .3)");
    EXPECT_EQ(plain_style_value("-webkit-center"), "-webkit-center");
}

TEST(HtmlStyleValue, NoNumberBelowZeroIsHiddenInAWord) {
    for (const char* value :
         {"0 0 0%-500px", "auto+0-500px", "0+-5px", "1px-.5em", "a--5px", "#fff-5px", "x-1"})
        EXPECT_EQ(plain_style_value(value), "") << value;
    EXPECT_EQ(plain_style_value("0+5px sans-serif a-"), "0+5px sans-serif a-");
}

TEST(HtmlStyleValue, OtherValuesAreNone) {
    for (const char* value : {"",    " ",   "url(x)", "rgb(a)", "rgb(1",   "rgb(-1)", "a\\b",
                              "a;b", "a{b", "'a",     "'a;b'",  "\"a'b\"", "-1px",    "1 -.5em",
                              "--1", "a:b", "@a",     "a<b",    "a(b)",    "(1)",     "a!b"})
        EXPECT_EQ(plain_style_value(value), "") << value;
}
