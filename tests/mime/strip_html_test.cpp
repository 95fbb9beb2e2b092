#include "mime/strip_html.hpp"

#include <gtest/gtest.h>

#include <string>

#include "mime/limits.hpp"

using mime::strip_html;

namespace {

/// Without the prefix, which the tests need not show.
std::string stripped(std::string_view html) {
    auto result = strip_html(html);
    for (const std::string mark : {"<x-", "</x-"})
        for (auto at = result.find(mark); at != result.npos; at = result.find(mark, at))
            result.erase(at + mark.size() - 2, 2);
    return result;
}

}  // namespace

TEST(StripHtml, NamesAreThoseThatLibxml2DoesNotKnow) {
    EXPECT_EQ(strip_html("<P>a<BR>b"), "<x-p>a<x-br/>b</x-p>");
}

TEST(StripHtml, OnlyListedElementsAndAttributesAreLeft) {
    EXPECT_EQ(
        stripped("<B TITLE='x>y' onclick=\">\" title=z>t</B><o:p>u</o:p><!-- <p> -->e"),
        "<b title=\"x&gt;y\">t</b>ue"
    );
}

TEST(StripHtml, SectionsAreBlocks) {
    EXPECT_EQ(
        stripped("<body bgcolor=red><nav>a</nav></body>b"),
        "<div bgcolor=\"red\"><div>a</div>b</div>"
    );
}

TEST(StripHtml, ScriptsAndDrawingsLoseAllThatIsInThem) {
    EXPECT_EQ(stripped("<script>a</b></SCRIPT>t<svg><svg></svg><b>x</svg>u<svg/>v"), "tuv");
}

TEST(StripHtml, LiteralElementsAreText) {
    EXPECT_EQ(stripped("<xmp><b>&amp;</xmp>a"), "<pre>&lt;b&gt;&amp;amp;</pre>a");
    EXPECT_EQ(stripped("<plaintext><b></plaintext>"), "<pre>&lt;b&gt;&lt;/plaintext&gt;</pre>");
}

TEST(StripHtml, LoneSignIsText) {
    EXPECT_EQ(stripped("1 < 2 <"), "1 &lt; 2 &lt;");
}

TEST(StripHtml, UnclosedTagIsNone) {
    EXPECT_EQ(stripped("a<b"), "a");
    EXPECT_EQ(stripped("a<b title=\"y"), "a");
}

TEST(StripHtml, BlanksBetweenElementsAreWrittenSoThatTheyStay) {
    EXPECT_EQ(stripped("<b>a</b> \n<i>b</i>\n"), "<b>a</b>&#32;\n<i>b</i>&#10;");
}

TEST(StripHtml, LinksThatLeadNowhereAreTheirText) {
    EXPECT_EQ(
        stripped("<a href=x>a</a><a>b</a><a href=http://c>c</a>"), "ab<a href=\"http://c\">c</a>"
    );
}

TEST(StripHtml, BlocksEndParagraphs) {
    EXPECT_EQ(stripped("<p>a<p>b<div>c</p>"), "<p>a</p><p>b</p><div>c</div>");
    EXPECT_EQ(stripped("<p><b>a<hr>b</b>"), "<p><b>a</b></p><hr/>b");
    EXPECT_EQ(stripped("<b><p>a</b>b"), "<b><p>a</p></b>b");
    EXPECT_EQ(stripped("<b><div>a</b>b</div>c"), "<b><div>ab</div>c</b>");
}

TEST(StripHtml, ItemsAndTermsEndTheirLikes) {
    EXPECT_EQ(
        stripped("<ul><li>a<ul><li>b</ul><li>c"), "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"
    );
    EXPECT_EQ(stripped("<ul><li><div>a<li>b</ul>"), "<ul><li><div>a</div></li><li>b</li></ul>");
    EXPECT_EQ(stripped("<dl><dt>a<dd>b<dt>c"), "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>");
    EXPECT_EQ(stripped("<h1>a<h2>b</h3>c"), "<h1>a</h1><h2>b</h2>c");
}

TEST(StripHtml, CellsEndCellsOfTheirTable) {
    EXPECT_EQ(
        stripped("<table><tr><td><b>a<td><table><tr><td>b</table>c<tr><th>d</table>e"),
        "<table><tr><td><b>a</b></td><td><table><tr><td>b</td></tr></table>c</td></tr>"
        "<tr><th>d</th></tr></table>e"
    );
    EXPECT_EQ(
        stripped("<table><caption>a<tbody><tr><td>b<tfoot>"),
        "<table><caption>a</caption><tbody><tr><td>b</td></tr></tbody><tfoot></tfoot></table>"
    );
    EXPECT_EQ(stripped("<table><table>a"), "<table></table><table>a</table>");
    EXPECT_EQ(stripped("a<td>b</td>c"), "a&#32;bc");
}

TEST(StripHtml, EndsDoNotReachOutOfTheirTable) {
    EXPECT_EQ(
        stripped("<div><b><table><tr><td>a</div></b>b</td></tr></table></b></div>"),
        "<div><b><table><tr><td>ab</td></tr></table></b></div>"
    );
}

TEST(StripHtml, DepthIsLimitedAndTextStays) {
    std::string html;
    for (std::size_t i = 0; i < mime::limits::html_depth + 50; ++i) html += "<b>";
    for (std::size_t i = 0; i < mime::limits::html_depth + 50; ++i) html += "x</b>";
    const auto result = stripped(html);
    EXPECT_EQ(result.find("<b>x"), (mime::limits::html_depth - 1) * 3);
    EXPECT_TRUE(result.ends_with("x</b>x</b>"));
}

TEST(StripHtml, MoreNodesThanTheLimitAreDropped) {
    std::string html;
    for (std::size_t i = 0; i < mime::limits::html_nodes + 10; ++i) html += "<br>";
    const auto result = strip_html(html + "x");
    EXPECT_EQ(result.size(), mime::limits::html_nodes * std::string("<x-br/>").size() + 1);
    EXPECT_TRUE(result.ends_with("/>x"));
}
