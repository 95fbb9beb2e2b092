#include "mime/html_markup.hpp"

#include <gtest/gtest.h>

using mime::find_html_attribute;
using mime::find_html_element;
using mime::HtmlRole;

TEST(HtmlMarkup, ElementsByName) {
    ASSERT_NE(find_html_element("td"), nullptr);
    EXPECT_EQ(find_html_element("td")->role, HtmlRole::cell);
    EXPECT_EQ(find_html_element("section")->as, "div");
    for (const char* name : {"", "o:p", "TD", "zzz", "input", "link", "base", "meta", "embed"})
        EXPECT_EQ(find_html_element(name), nullptr) << name;
}

TEST(HtmlMarkup, WhatRunsOrLoadsIsPassedOver) {
    for (const char* name :
         {"script",
          "style",
          "svg",
          "math",
          "iframe",
          "object",
          "template",
          "noscript",
          "textarea",
          "title",
          "video",
          "select"})
        EXPECT_GE(find_html_element(name)->role, HtmlRole::hidden) << name;
}

TEST(HtmlMarkup, AttributesByName) {
    ASSERT_NE(find_html_attribute("href"), nullptr);
    EXPECT_EQ(*find_html_attribute("href"), mime::HtmlValue::link);
    for (const char* name : {"", "onclick", "id", "name", "HREF", "srcset", "action", "xmlns"})
        EXPECT_EQ(find_html_attribute(name), nullptr) << name;
}

TEST(HtmlMarkup, NothingCanBeInVoidElements) {
    for (const char* name : {"br", "hr", "img", "meta", "link", "input", "wbr", "area"})
        EXPECT_TRUE(mime::is_void_html(name)) << name;
    for (const char* name : {"", "p", "BR", "script", "o:p", "blockquote"})
        EXPECT_FALSE(mime::is_void_html(name)) << name;
}
