#include "mime/html_style.hpp"

#include <gtest/gtest.h>

using mime::hides;
using mime::keeps_white_space;
using mime::safe_style;

TEST(HtmlStyle, KnownPropertiesWithPlainValuesStay) {
    EXPECT_EQ(
        safe_style(" COLOR : #FFF ; font:italic 12px/1.2 \"Segoe UI\" , 'ＭＳ ゴシック',serif;"
                   "margin:0  auto!important;width:33.3%"),
        "color:#FFF;font:italic 12px/1.2 'Segoe UI' , 'ＭＳ ゴシック',serif;margin:0 "
        "auto;width:33.3%"
    );
    EXPECT_EQ(
        safe_style("color:RGBA(1,2,3,.5);background:hsl(1 2% 3%)"),
        "color:rgba(1,2,3,.5);background:hsl(1 2% 3%)"
    );
}

TEST(HtmlStyle, UnknownPropertiesGo) {
    for (const char* style :
         {"position:fixed",
          "z-index:1",
          "behavior:x",
          "-moz-binding:x",
          "content:x",
          "mso-hide:all",
          "border-image:x",
          "transform:none",
          "opacity:0",
          "x:y",
          "--x:y",
          "color",
          ":red",
          ""})
        EXPECT_EQ(safe_style(style), "") << style;
}

TEST(HtmlStyle, ValuesThatDoMoreGo) {
    for (const char* style :
         {"background:url(x)",
          "color:expression(x)",
          "width:calc(1px)",
          "color:var(--x)",
          "color:\\72 ed",
          "color:red}",
          "color:red<",
          "font-family:'a",
          "font-family:'a\\27'",
          "font-family:'a<b'",
          "margin:-1px",
          "margin:1px -1px",
          "text-indent:-.5em",
          "color:rgb(url)",
          "color:rgb(1",
          "color:@x",
          "color:a:b",
          "font-family:'a' {",
          "color: !important"})
        EXPECT_EQ(safe_style(style), "") << style;
}

TEST(HtmlStyle, CommentsSeparate) {
    EXPECT_EQ(safe_style("color:/**/red/*;*/;/*x*/width:1px/*"), "color:red;width:1px");
    EXPECT_EQ(safe_style("width:exp/**/ression(1)"), "");
}

TEST(HtmlStyle, SafeStaysAsItIs) {
    for (const char* style :
         {"font-family:'a b',c", "margin:0 auto", "color:rgb(1, 2,3)", "font:a/b"})
        EXPECT_EQ(safe_style(style), style);
}

TEST(HtmlStyle, Hiding) {
    EXPECT_TRUE(hides("Display:None"));
    EXPECT_TRUE(hides("color:red;mso-hide:all"));
    EXPECT_TRUE(hides("max-height:0;"));
    EXPECT_FALSE(hides("display:none;display:block"));
    EXPECT_FALSE(hides("max-height:0.5em"));
    EXPECT_FALSE(hides("font-size:0"));
}

TEST(HtmlStyle, KeepingWhiteSpace) {
    EXPECT_TRUE(keeps_white_space("white-space:pre-wrap"));
    EXPECT_FALSE(keeps_white_space("white-space:normal"));
    EXPECT_FALSE(keeps_white_space("white-space:pre;white-space:nowrap"));
}
