#include "mime/mark_html_quotes.hpp"

#include <gtest/gtest.h>

#include "mime/limits.hpp"

namespace {

std::string marked(std::string_view html) {
    return mime::mark_html_quotes(html).html;
}

}  // namespace

TEST(MarkHtmlQuotes, BlockquotesOfMailPrograms) {
    EXPECT_EQ(marked("a<blockquote type=\"cite\">b</blockquote>c"), "a<p>&gt;</p>c");
    EXPECT_EQ(marked("a<blockquote class=gmail_quote>b</blockquote>c"), "a<p>&gt;</p>c");
    EXPECT_EQ(
        marked("<blockquote style=\"border-left:1px solid\">b</blockquote>c"), "<p>&gt;</p>c"
    );
}

TEST(MarkHtmlQuotes, NestedOnesEndTogether) {
    EXPECT_EQ(
        marked("<blockquote type=cite>a<blockquote>b</blockquote>c</blockquote>d"), "<p>&gt;</p>d"
    );
    EXPECT_EQ(marked("<blockquote type=cite><!-- </blockquote> -->a"), "<p>&gt;</p>");
    EXPECT_EQ(marked("a</blockquote>b"), "a</div>b");
}

TEST(MarkHtmlQuotes, TheContainerOfGmailMayHoldAnswers) {
    EXPECT_EQ(
        marked("<div class=\"gmail_quote gmail_quote_container\"><div class=\"gmail_attr\">On …"
               "</div><blockquote class=\"gmail_quote\">a</blockquote><div>b</div></div>"),
        "<div class=\"gmail_quote gmail_quote_container\"><p>&gt;</p><p>&gt;</p><div>b</div></div>"
    );
}

TEST(MarkHtmlQuotes, ABlockquoteOfSomebodyIsKept) {
    EXPECT_EQ(marked("Law says<blockquote>no</blockquote>so"), "Law says<div>no</div>so");
}

TEST(MarkHtmlQuotes, ABlockquoteBelowAnAttributionIsAQuotation) {
    const std::string above = "<div>On 23/11/2026 09:55, Anna Berg wrote:</div>";
    EXPECT_EQ(marked(above + "<blockquote>a</blockquote>b"), above + "<p>&gt;</p>b");
    EXPECT_EQ(marked("<blockquote>" + above + "a</blockquote>b"), "<p>&gt;</p>b");
}

TEST(MarkHtmlQuotes, AForwardedMailIsLeft) {
    const std::string forwarded =
        "<blockquote type=\"cite\"><div>Begin forwarded message:</div>a</blockquote>";
    EXPECT_EQ(marked(forwarded), "<div><div>Begin forwarded message:</div>a</div>");
}

TEST(MarkHtmlQuotes, OutlookBeginsTheMailOnce) {
    EXPECT_EQ(
        marked("a<div id=\"appendonsend\"></div><div id=\"divRplyFwdMsg\">b</div>"),
        "a<p>-----Original Message-----</p><div id=\"appendonsend\"></div>"
        "<div id=\"divRplyFwdMsg\">b</div>"
    );
    const std::string line = "<div style='border:none;border-top:solid #E1E1E1 1.0pt'>b</div>";
    EXPECT_EQ(marked(line), "<p>-----Original Message-----</p>" + line);
}

TEST(MarkHtmlQuotes, SignaturesGo) {
    const auto found = mime::mark_html_quotes("a<pre class=\"moz-signature\">-- \nb</pre>c");
    EXPECT_EQ(found.html, "a<p></p>c");
    EXPECT_TRUE(found.signature);
}

TEST(MarkHtmlQuotes, WhatHoldsNothingIsNoQuotation) {
    for (const char* html :
         {"<meta name=\"quote\">a", "<img class=yahoo_quoted>a", "<input name=quote>a"})
        EXPECT_EQ(marked(html), html);
    EXPECT_EQ(
        marked("a<hr id=stopSpelling>b"), "a<p>-----Original Message-----</p><hr id=stopSpelling>b"
    );
}

TEST(MarkHtmlQuotes, WhatIsNoMarkupOrNotShownHoldsNoQuotation) {
    const std::string quote = "<blockquote type=cite>";
    for (const std::string name : {"title", "textarea", "noscript", "xmp", "svg", "template"}) {
        const auto html = "<" + name + ">" + quote + "</" + name + ">a";
        EXPECT_EQ(marked(html), html);
        EXPECT_EQ(
            marked(quote + "<" + name + "></blockquote></" + name + ">a</blockquote>b"),
            "<p>&gt;</p>b"
        ) << name;
    }
    EXPECT_EQ(
        marked("<svg><svg/><svg></svg>" + quote + "</svg>a" + quote),
        "<svg><svg/><svg></svg>" + quote + "</svg>a<p>&gt;</p>"
    );
    EXPECT_EQ(marked("a<plaintext></plaintext>" + quote), "a<plaintext></plaintext>" + quote);
}

TEST(MarkHtmlQuotes, ATagOfManyAttributesEndsWhereItEnds) {
    std::string many;
    for (std::size_t i = 0; i < mime::limits::html_attributes + 5; ++i) many += " b='>'";
    EXPECT_EQ(marked("<blockquote" + many + ">a</blockquote>c"), "<div>a</div>c");
}

TEST(MarkHtmlQuotes, HugeHtmlIsNotCutWithinACharacter) {
    const std::string most(mime::limits::new_text - 1, 'x');
    EXPECT_EQ(marked(most + "ä"), most);
}
