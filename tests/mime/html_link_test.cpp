#include "mime/html_link.hpp"

#include <gtest/gtest.h>

using mime::clean_link;
using mime::clean_picture;
using mime::names_link;

TEST(HtmlLink, LeadsOutOfTheMail) {
    EXPECT_EQ(clean_link(" https://a.example/b?c=d&e#f\n"), "https://a.example/b?c=d&e#f");
    EXPECT_EQ(clean_link("MAILTO:a@b.example"), "MAILTO:a@b.example");
    EXPECT_EQ(clean_link("tel:+491"), "tel:+491");
}

TEST(HtmlLink, NoOtherSchemeIsALink) {
    for (const char* url :
         {"",
          "x",
          "/x",
          "#x",
          "//a.example",
          "javascript:x",
          "data:text/html,x",
          "cid:x",
          "http:x",
          "http:/x",
          "https://",
          "ftp://a.example",
          "x:http://a.example",
          "\\\\a.example"})
        EXPECT_EQ(clean_link(url), "") << url;
}

TEST(HtmlLink, SignsThatCouldEndItAreEscaped) {
    EXPECT_EQ(clean_link("http://a.example/\"<b c>\t`d"), "http://a.example/%22%3Cb%20c%3E%60d");
    EXPECT_EQ(clean_link("http://a.example/ä'"), "http://a.example/ä'");
}

TEST(HtmlLink, PicturesOfTheMail) {
    EXPECT_EQ(clean_picture("cid:a@b", false), "cid:a@b");
    EXPECT_EQ(clean_picture("data:image/PNG;base64,+A/\nA=", false), "data:image/PNG;base64,+A/A=");
    for (const char* url :
         {"data:image/svg+xml;base64,AA",
          "data:image/png,AA",
          "data:image/png;base64,A<",
          "data:image/png;base64,",
          "http://a.example/x",
          "cid:",
          "x.png",
          "//a.example/x"})
        EXPECT_EQ(clean_picture(url, false), "") << url;
}

TEST(HtmlLink, PicturesFromOutsideWhereAllowed) {
    EXPECT_EQ(clean_picture("http://a.example/x", true), "http://a.example/x");
    EXPECT_EQ(clean_picture("//a.example/x", true), "");
    EXPECT_EQ(clean_picture("ftp://a.example/x", true), "");
}

TEST(HtmlLink, TextThatSaysTheAddress) {
    EXPECT_TRUE(names_link(" a.example ", "https://A.example/"));
    EXPECT_TRUE(names_link("www.a.example/b", "http://www.a.example/b"));
    EXPECT_TRUE(names_link("a@b.example", "mailto:a@b.example?subject=c"));
    EXPECT_FALSE(names_link("a.example", "https://a.example/b"));
    EXPECT_FALSE(names_link("a.example", "https://b.example"));
    EXPECT_FALSE(names_link("here", "https://a.example"));
}
