#include "mime/body_text.hpp"

#include <gtest/gtest.h>

#include "mime/charset.hpp"
#include "mime/limits.hpp"

using mime::html_to_text;

TEST(BodyText, ParagraphsAndBreaks) {
    EXPECT_EQ(
        html_to_text("<p>Hello  Anna,</p>\n<p>first<br>second</p>"), "Hello Anna,\n\nfirst\nsecond"
    );
}

TEST(BodyText, OnlyWhatAReaderSees) {
    EXPECT_EQ(
        html_to_text("<html><head><title>t</title><style>p { color: red }</style></head>"
                     "<body><!-- not this --><script>if (a<b) x('</p>');</script>seen</body></html>"
        ),
        "seen"
    );
}

TEST(BodyText, ListsAndTables) {
    EXPECT_EQ(html_to_text("<ul><li>one<li>two</ul>end"), "- one\n- two\nend");
    EXPECT_EQ(html_to_text("<table><tr><td>a<td>b<tr><td>c</table>"), "a b\nc");
}

TEST(BodyText, EntitiesAndCharacters) {
    EXPECT_EQ(html_to_text("a &amp; b &lt; c &euro; Grüße"), "a & b < c € Grüße");
}

TEST(BodyText, CharsetOfTheMetaElementDoesNotCount) {
    EXPECT_EQ(
        html_to_text("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=koi8-r\">ü"),
        "ü"
    );
}

TEST(BodyText, NothingGivesNothing) {
    for (const char* html : {"", " \n", "<html></html>", "<", "<!--", "<script>"})
        EXPECT_LE(html_to_text(html).size(), 1U) << html;
}

TEST(BodyText, DeepAndBroadMarkupEnds) {
    std::string deep, broad = "<a ";
    for (int i = 0; i < 200'000; ++i) {
        deep += "<div>";
        broad += "x" + std::to_string(i) + "=1 ";
    }
    EXPECT_EQ(html_to_text(broad + ">after"), "after");
    EXPECT_LE(html_to_text(deep + "in").size(), 2U);
}

TEST(BodyText, TooMuchIsCutBetweenCharacters) {
    std::string html;
    while (html.size() < mime::limits::html + 10) html += "ü";
    const auto text = html_to_text("x" + html);
    EXPECT_TRUE(mime::is_utf8(text));
    EXPECT_EQ(text.find("\uFFFD"), text.npos);
    EXPECT_LE(text.size(), mime::limits::html);
    EXPECT_GT(text.size(), mime::limits::html / 2);
}
