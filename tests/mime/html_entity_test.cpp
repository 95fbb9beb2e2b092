#include "mime/html_entity.hpp"

#include <gtest/gtest.h>

using mime::html_entity;

TEST(HtmlEntity, NamesOfHtml4) {
    EXPECT_EQ(html_entity("auml"), 0xE4U);
    EXPECT_EQ(html_entity("Auml"), 0xC4U);
    EXPECT_EQ(html_entity("quot"), 0x22U);
    EXPECT_EQ(html_entity("diams"), 0x2666U);
    EXPECT_EQ(html_entity("zwnj"), 0x200CU);
}

TEST(HtmlEntity, NewerNames) {
    EXPECT_EQ(html_entity("colon"), 0x3AU);
    EXPECT_EQ(html_entity("ZeroWidthSpace"), 0x200BU);
    EXPECT_EQ(html_entity("AMP"), 0x26U);
}

TEST(HtmlEntity, OtherNamesAreNone) {
    for (const char* name : {"", "AUML", "aum", "aumlx", "zzz", "!"})
        EXPECT_EQ(html_entity(name), 0U) << name;
}
