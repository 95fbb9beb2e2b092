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

TEST(HtmlStyle, MarginsLeaveRoomAboveAndBelow) {
    using mime::Room;
    using mime::room_around;
    EXPECT_EQ(room_around("", {}), (Room{true, true}));
    EXPECT_EQ(room_around("color:red;margin-left:0", {false, true}), (Room{false, true}));
    for (const char* none :
         {"margin:0",
          "MARGIN : 0cm !important",
          "margin:0 12pt",
          "margin:0in 1em .0in 36.0pt",
          "margin-top:0px;margin-bottom:0",
          "margin:0cm;margin-bottom:.0001pt",
          "margin:-1em"})
        EXPECT_EQ(room_around(none, {}), (Room{false, false})) << none;
    EXPECT_EQ(room_around("margin:0 0 8pt", {}), (Room{false, true}));
    EXPECT_EQ(room_around("margin:1em 0 0", {}), (Room{true, false}));
    EXPECT_EQ(room_around("margin:12pt", {false, false}), (Room{true, true}));
    EXPECT_EQ(room_around("margin-bottom:12.0pt", {false, false}), (Room{false, true}));
    EXPECT_EQ(room_around("margin:auto;margin-top:inherit", {false, true}), (Room{false, true}));
    EXPECT_EQ(room_around("margin:0;margin-top:1em", {}), (Room{true, false}));
}
