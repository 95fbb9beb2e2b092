#include "mime/html_text.hpp"

#include <gtest/gtest.h>

#include "mime/charset.hpp"
#include "mime/limits.hpp"
#include "mime/new_text.hpp"

using mime::html_to_text;

TEST(HtmlText, ParagraphsAndBreaks) {
    EXPECT_EQ(
        html_to_text("<p>Hello  Anna,</p>\n<p>first<br>second</p>"), "Hello Anna,\n\nfirst\nsecond"
    );
    EXPECT_EQ(
        html_to_text("<h1>Offer</h1>text<div>one</div><div>two</div>"), "Offer\n\ntext\none\ntwo"
    );
}

TEST(HtmlText, AtMostOneBlankLine) {
    EXPECT_EQ(html_to_text("a<br><br><br><p>&nbsp;</p><p></p><p>b</p>"), "a\n\nb");
    EXPECT_EQ(html_to_text("<div>a</div><div><br></div><div>b</div>"), "a\n\nb");
}

TEST(HtmlText, OnlyWhatAReaderSees) {
    EXPECT_EQ(
        html_to_text("<html><head><title>t</title><style>p { color: red }</style></head>"
                     "<body><!-- not this --><script>if (a<b) x('</p>');</script>seen</body></html>"
        ),
        "seen"
    );
    EXPECT_EQ(
        html_to_text("<svg><text>x</text></svg><textarea>x</textarea><template>x</template>y"), "y"
    );
}

TEST(HtmlText, PreheadersAreHidden) {
    for (const char* hidden :
         {"style='display:none'",
          "style='color:red; DISPLAY : none !important'",
          "style='mso-hide:all'",
          "style='visibility:hidden'",
          "style='max-height:0px;overflow:hidden'",
          "hidden"})
        EXPECT_EQ(html_to_text(std::string("<div ") + hidden + ">no<b>no</b></div>yes"), "yes")
            << hidden;
    EXPECT_EQ(html_to_text("<div style='display:none;display:block'>yes</div>"), "yes");
}

TEST(HtmlText, InvisibleCharactersVanish) {
    EXPECT_EQ(html_to_text("a&shy;b&#8203;c&#65279;d &#847; &zwnj;&nbsp;&zwnj;&nbsp; e"), "abcd e");
    EXPECT_EQ(html_to_text("می‌خواهم 👨‍👩"), "می‌خواهم 👨‍👩");
}

TEST(HtmlText, LinksSayWhereTheyLeadWhereTheirTextDoesNot) {
    EXPECT_EQ(
        html_to_text("<a href='https://a.example/x?a=1&amp;b=2'>our offer</a>, now"),
        "our offer <https://a.example/x?a=1&b=2>, now"
    );
    EXPECT_EQ(html_to_text("<a href='https://www.a.example/'>a.example</a>"), "a.example");
    EXPECT_EQ(
        html_to_text("<a href='mailto:Anna@a.example?subject=x'>anna@a.example</a>"),
        "anna@a.example"
    );
    EXPECT_EQ(
        html_to_text("<a href='mailto:anna@a.example'>Anna</a>"), "Anna <mailto:anna@a.example>"
    );
    EXPECT_EQ(
        html_to_text("<p><a href='https://a.example'>one</a></p>two"),
        "one <https://a.example>\n\ntwo"
    );
}

TEST(HtmlText, ALinkWithinALinkSaysItsOwnAddress) {
    EXPECT_EQ(
        html_to_text("<a href='https://out.example'><table><tr><td>a <a href='https://in.example'>"
                     "b</a></td></tr></table>c</a>"),
        "a b <https://in.example>\nc <https://out.example>"
    );
}

TEST(HtmlText, LinksThatHelpNobodyAreTextOnly) {
    EXPECT_EQ(
        html_to_text("<a href='javascript:x'>a</a> <a href='#b'>b</a> <a href='tel:1'>c</a>"),
        "a b c"
    );
    EXPECT_EQ(html_to_text("<a href='https://a.example'><img src=x></a>end"), "end");
    const auto url = "https://a.example/" + std::string(mime::limits::shown_link, 'x');
    EXPECT_EQ(html_to_text("<a href='" + url + "'>long</a>"), "long");
}

TEST(HtmlText, PicturesAreTheirWords) {
    EXPECT_EQ(html_to_text("a <img src=x alt='Logo of  A'> b<img src=y>"), "a Logo of A b");
    EXPECT_EQ(
        html_to_text("<a href='https://a.example'><img alt=Logo></a>"), "Logo <https://a.example>"
    );
}

TEST(HtmlText, Lists) {
    EXPECT_EQ(html_to_text("<ul><li>one<li>two</ul>end"), "- one\n- two\nend");
    EXPECT_EQ(
        html_to_text("<ol start=3><li>a<ul><li>in<br>line<li>two</ul><li value=9>b<li>c</ol>"),
        "3. a\n  - in\n    line\n  - two\n9. b\n10. c"
    );
    EXPECT_EQ(html_to_text("<ul><li><p>one</p></li><li></li><li>two</ul>"), "- one\n\n- two");
    EXPECT_EQ(html_to_text("<dl><dt>term<dd>meaning</dl>"), "term\nmeaning");
}

TEST(HtmlText, TablesAreRowsOfCells) {
    EXPECT_EQ(html_to_text("<table><tr><td>a<td>b<tr><td>c</table>"), "a\tb\nc");
    EXPECT_EQ(
        html_to_text("<table><tr><td><p>Item</p></td><td><p>Price</p></td></tr>\n"
                     "<tr><td><p>Chair</p></td><td></td><td><p>9 €</p></td></tr></table>after"),
        "Item\tPrice\n\nChair\t9 €\n\nafter"
    );
}

TEST(HtmlText, CellsThatHoldPagesAreLines) {
    EXPECT_EQ(html_to_text("<table><tr><td>a<br>b</td><td>c</td></tr></table>"), "a\nb\nc");
    EXPECT_EQ(
        html_to_text("<table><tr><td><table><tr><td>a<td>b</table></td><td>c</td></table>d"),
        "a\tb\nc\nd"
    );
}

TEST(HtmlText, QuotesAreMarked) {
    EXPECT_EQ(
        html_to_text("Yes.<div>Bo wrote:<blockquote><p>one</p><p>two</p><blockquote>three"
                     "</blockquote></blockquote></div>Bye"),
        "Yes.\nBo wrote:\n\n> one\n>\n> two\n>\n> > three\nBye"
    );
}

TEST(HtmlText, PreformattedTextKeepsItsBlanks) {
    EXPECT_EQ(html_to_text("a<pre>\n  b   c\n\td\n</pre>e  f"), "a\n  b   c\n\td\ne f");
    EXPECT_EQ(html_to_text("<div style='white-space: pre-wrap'>a\nb</div>"), "a\nb");
    EXPECT_EQ(html_to_text("<pre>-- \nAnna</pre>"), "-- \nAnna");
    EXPECT_EQ(html_to_text("<xmp><b>&amp;</xmp>"), "<b>&amp;");
}

TEST(HtmlText, RuleIsALine) {
    EXPECT_EQ(html_to_text("a<hr>b"), "a\n----------\nb");
}

TEST(HtmlText, OutlookSpeaksToItself) {
    EXPECT_EQ(
        html_to_text("<!--[if mso]><p>for Word</p><![endif]--><![if !mso]>for others<![endif]>"
                     "<p class=MsoNormal>text<o:p>&nbsp;</o:p></p>"),
        "for others\ntext"
    );
}

TEST(HtmlText, ParagraphsOfOutlookAreLines) {
    EXPECT_EQ(
        html_to_text("<p class=MsoNormal>a<o:p></o:p></p>\n"
                     "<p class=MsoNormal style='margin:0cm'>b<o:p></o:p></p>\n"
                     "<p class=MsoNormal><o:p>&nbsp;</o:p></p>\n"
                     "<p class=\"x_MsoListParagraph\">c</p>"
                     "<p class=MsoNormal style='margin-bottom:12.0pt'>d</p>"
                     "<p class=MsoNormal>e</p><p>f</p>"),
        "a\nb\n\nc\nd\n\ne\n\nf"
    );
    EXPECT_EQ(
        html_to_text("<table><tr><td><p class=MsoNormal>&nbsp;</p><td><p class=MsoNormal>a</p>"
                     "<td><p class=MsoNormal>b</p></table><p class=MsoNormal>c</p>"),
        "a\tb\nc"
    );
}

TEST(HtmlText, LinesOfOutlookShowWhereTheSignatureIs) {
    std::string html =
        "<html><head><style>p.MsoNormal{margin:0cm}</style></head><body lang=DE>"
        "<div class=WordSection1>";
    const auto line = [&](const std::string& text) {
        html += "<p class=MsoNormal><span style='font-size:11.0pt'>" + text +
                "<o:p></o:p></span></p>\n";
    };
    const std::string blank = "<o:p>&nbsp;</o:p>";
    for (const std::string& text :
         {std::string("Guten Morgen Frau Berg,"),
          blank,
          std::string("die Zufahrt ist frei."),
          std::string("Der Kran ist weg."),
          blank,
          std::string("Mit freundlichen Grüßen"),
          blank,
          std::string("<b>Tom Becker</b>"),
          std::string("Bauleitung"),
          blank,
          std::string("Becker Bau GmbH"),
          std::string("Hauptstraße 12"),
          std::string("04109 Leipzig"),
          std::string("Tel. +49 341 5550 112")})
        line(text);
    html += "<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm'>";
    line(
        "<b>Von:</b> Anna Berg &lt;anna@us.example&gt;<br><b>Gesendet:</b> Montag, 23. November "
        "2026 09:55<br><b>An:</b> Tom Becker<br><b>Betreff:</b> Türen"
    );
    html += "</div></div>";
    line(blank);
    line("Ist die Zufahrt frei?");
    EXPECT_EQ(
        mime::new_text_of_html(html + "</div></body></html>"),
        (mime::NewText{
            "Guten Morgen Frau Berg,\n\ndie Zufahrt ist frei.\nDer Kran ist weg.", true, true})
    );
}

TEST(HtmlText, ParagraphsWithoutMarginsAreLines) {
    EXPECT_EQ(
        html_to_text("<p style='margin:0'>a</p><p style='margin-top:0;margin-bottom:0'>b</p>"
                     "<p style='margin:0'></p><p style='margin:0'>c</p>"
                     "<p style='margin:0'><br></p><p style='margin:0'>d</p>"
                     "<p style='margin-top:0'>e</p>f"),
        "a\nb\nc\n\nd\ne\n\nf"
    );
}

TEST(HtmlText, EntitiesAndCharacters) {
    EXPECT_EQ(
        html_to_text("a &amp; b &lt; c &euro; Grüße &nbsp;&#150;&period; &unknown;"),
        "a & b < c € Grüße –. &unknown;"
    );
}

TEST(HtmlText, CharsetOfTheMetaElementDoesNotCount) {
    EXPECT_EQ(
        html_to_text("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=koi8-r\">ü"),
        "ü"
    );
}

TEST(HtmlText, WhatIsNotClosedIsReadAsBrowsersDo) {
    EXPECT_EQ(html_to_text("<p>a<p>b <b>c<p>d"), "a\n\nb c\n\nd");
    EXPECT_EQ(html_to_text("<table><tr><td>a<td>b</table>c</td></div>d"), "a\tb\ncd");
    EXPECT_EQ(html_to_text("text <a title=\"x>more"), "text more");
    EXPECT_EQ(html_to_text("1 < 2 <3"), "1 < 2 <3");
}

TEST(HtmlText, NothingGivesNothing) {
    for (const char* html :
         {"", " \n", "<html></html>", "<!--", "<script>", "&nbsp;", "<p><br></p>"})
        EXPECT_EQ(html_to_text(html), "") << html;
    EXPECT_EQ(html_to_text("<"), "<");
}

TEST(HtmlText, DeepAndBroadMarkupKeepsItsText) {
    for (const std::string unit : {"<div>", "<b>", "<table>", "<blockquote>", "<ul><li>", "<p>"}) {
        std::string deep;
        for (int i = 0; i < 100'000; ++i) deep += unit;
        EXPECT_NE(html_to_text(deep + "in").find("in"), std::string::npos) << unit;
    }
    std::string broad = "<a ";
    for (int i = 0; i < 200'000; ++i) broad += "x" + std::to_string(i) + "=1 ";
    EXPECT_EQ(html_to_text(broad + ">after"), "after");
}

TEST(HtmlText, TooMuchIsCutBetweenCharacters) {
    std::string html;
    while (html.size() < mime::limits::html + 10) html += "ü";
    const auto text = html_to_text("x" + html);
    EXPECT_TRUE(mime::is_utf8(text));
    EXPECT_EQ(text.find("\uFFFD"), text.npos);
    EXPECT_LE(text.size(), mime::limits::html);
    EXPECT_GT(text.size(), mime::limits::html / 2);
}
