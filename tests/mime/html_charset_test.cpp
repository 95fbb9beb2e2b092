#include "mime/html_charset.hpp"

#include <gtest/gtest.h>

using mime::html_charset;

TEST(HtmlCharset, BothFormsOfTheDeclaration) {
    EXPECT_EQ(html_charset("<meta charset=\"KOI8-R\">"), "koi8-r");
    EXPECT_EQ(html_charset("<html><head><META\nCharset = utf-8 />"), "utf-8");
    EXPECT_EQ(
        html_charset("<meta http-equiv=Content-Type content='text/html; Charset=Windows-1251'>"),
        "windows-1251"
    );
    EXPECT_EQ(
        html_charset("<meta content=\"text/html;charset = 'gbk' ;x\" http-equiv=\"content-type\">"),
        "gbk"
    );
}

TEST(HtmlCharset, OtherBytesDoNotMatter) {
    EXPECT_EQ(html_charset("<title>\xC4\xC1</title>\xFF<meta charset=koi8-r>"), "koi8-r");
}

TEST(HtmlCharset, WhatIsNoDeclarationIsNone) {
    for (const char* html :
         {"",
          "text/html; charset=koi8-r",
          "<p charset=koi8-r>",
          "</meta charset=koi8-r>",
          "<metal charset=koi8-r>",
          "<meta charset>",
          "<meta name=description content='charset=koi8-r'>",
          "<meta http-equiv=refresh content='charset=koi8-r'>",
          "<meta http-equiv=content-type content='text/html'>",
          "<meta http-equiv=content-type content='charset koi8-r'>",
          "<meta http-equiv=content-type content='charset=\"koi8-r'>",
          "<meta name='charset=koi8-r'>",
          "<meta charset=koi8-r"})
        EXPECT_EQ(html_charset(html), "") << html;
}

TEST(HtmlCharset, WhatIsNoMarkupDeclaresNothing) {
    const std::string meta = "<meta charset=koi8-r>";
    for (const std::string before :
         {"<!--",
          "<script>'",
          "<style>",
          "<title>",
          "<noscript>",
          "<xmp>",
          "<plaintext>",
          "<p a='"})
        EXPECT_EQ(html_charset(before + meta), "") << before;
    EXPECT_EQ(html_charset("<!-- " + meta + " --><meta charset=big5>"), "big5");
    EXPECT_EQ(html_charset("<script>'" + meta + "'</script><meta charset=big5>"), "big5");
}

TEST(HtmlCharset, TheFirstThatSaysSomethingCounts) {
    EXPECT_EQ(html_charset("<meta charset=''><meta charset=a charset=b><meta charset=c>"), "a");
}

TEST(HtmlCharset, WhatCouldNotBeReadIsNoCharset) {
    EXPECT_EQ(html_charset("<meta charset=utf-16><meta charset=koi8-r>"), "koi8-r");
    EXPECT_EQ(html_charset("<meta http-equiv=content-type content='x;charset=unicode'>"), "");
}

TEST(HtmlCharset, OnlyTheFirstKilobyteIsLookedAt) {
    const std::string meta = "<meta charset=koi8-r>";
    EXPECT_EQ(html_charset(std::string(1024 - meta.size(), ' ') + meta), "koi8-r");
    EXPECT_EQ(html_charset(std::string(1025 - meta.size(), ' ') + meta), "");
}
