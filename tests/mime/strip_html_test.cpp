#include "mime/strip_html.hpp"

#include <gtest/gtest.h>

using mime::strip_html;

TEST(StripHtml, AttributesAndCommentsVanish) {
    EXPECT_EQ(strip_html("<A HREF='x>y' b=\">\">t</A><!-- <p> -->e"), "<a>t</a>e");
}

TEST(StripHtml, QuoteThatIsNoValueEndsNothing) {
    EXPECT_EQ(strip_html("<p it's>one</p> isn't"), "<p>one</p> isn't");
}

TEST(StripHtml, ScriptsLoseTheirText) {
    EXPECT_EQ(strip_html("<script>a</b></SCRIPT>t"), "<script></script>t");
}

TEST(StripHtml, LoneSignIsText) {
    EXPECT_EQ(strip_html("1 < 2 <"), "1 &lt; 2 &lt;");
}

TEST(StripHtml, UnclosedTagEndsTheText) {
    EXPECT_EQ(strip_html("a<b"), "a<b>");
    EXPECT_EQ(strip_html("a<b x=\"y"), "a<b>");
}
