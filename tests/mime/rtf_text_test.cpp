#include "mime/rtf_text.hpp"

#include <gtest/gtest.h>

#include "mime/charset.hpp"
#include "mime/limits.hpp"

namespace {

std::string plain(std::string_view rtf) {
    const auto said = mime::read_rtf(rtf);
    EXPECT_FALSE(said.is_html);
    EXPECT_EQ(said.problem, "");
    return said.text;
}

/// Of a body behind the header that Outlook writes.
std::string html(std::string_view body) {
    const auto said = mime::read_rtf(
        "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\fonttbl\r\n{\\f0\\fswiss Arial;}\r\n"
        "{\\f1\\fswiss\\fcharset204 Arial;}{\\f2\\fmodern\\fcharset128 MS Gothic;}}\r\n"
        "{\\colortbl\\red0\\green0\\blue0;}\r\n{\\*\\generator "
        "Riched;}\\uc1\\pard\\plain\\deftab360 "
        "\\f0\\fs24 " +
        std::string(body) + "}"
    );
    EXPECT_TRUE(said.is_html);
    EXPECT_EQ(said.problem, "");
    return said.text;
}

}  // namespace

TEST(RtfText, ParagraphsAndBreaks) {
    EXPECT_EQ(
        plain(
            "{\\rtf1\\ansi\\fromtext Hello Anna,\\par\r\n\\par first\\line\r\n second\\tab x\\par}"
        ),
        "Hello Anna,\n\nfirst\n second\tx\n"
    );
}

TEST(RtfText, HeaderAndPicturesAreNoText) {
    EXPECT_EQ(
        plain("{\\rtf1{\\fonttbl{\\f0 Arial;}}{\\colortbl;\\red1;}{\\stylesheet{\\s0 Normal;}}"
              "{\\info{\\author Maria}}{\\*\\generator Word;}{\\header top}"
              "seen{\\pict\\wmetafile8 0102}{\\*\\unknown {deep} gone} too}"),
        "seen too"
    );
}

TEST(RtfText, OfAFieldOnlyTheResult) {
    EXPECT_EQ(
        plain("{\\rtf1 See {\\field{\\*\\fldinst HYPERLINK "
              "\"https://acme.example\"}{\\fldrslt{\\ul the "
              "offer}}}.}"),
        "See the offer."
    );
}

TEST(RtfText, HiddenTextIsHidden) {
    EXPECT_EQ(plain("{\\rtf1 a{\\v secret} b\\v x\\v0  c\\v y\\plain  d}"), "a b c d");
}

TEST(RtfText, SpecialCharacters) {
    EXPECT_EQ(
        plain(
            "{\\rtf1 \\{\\}\\\\ \\lquote a\\rquote  \\ldblquote b\\rdblquote  c\\endash d\\emdash "
            "e\\bullet\\~f\\_g\\-h}"
        ),
        "{}\\ ‘a’ “b” c–d—e•\u00A0f\u2011gh"
    );
}

TEST(RtfText, BytesInTheCodePageOfTheDocument) {
    EXPECT_EQ(plain("{\\rtf1\\ansi Gr\\'fc\\'dfe, 5 \\'80}"), "Grüße, 5 €");
    EXPECT_EQ(plain("{\\rtf1\\ansi\\ansicpg1251 \\'d1\\'ea\\'eb\\'e0\\'e4}"), "Склад");
    EXPECT_EQ(plain("{\\rtf1\\pca Gr\\'81\\'e1e}"), "Grüße");
    EXPECT_EQ(plain("{\\rtf1\\mac Gr\\'9f\\'a7e}"), "Grüße");
}

TEST(RtfText, BytesInTheCodePageOfTheFont) {
    EXPECT_EQ(
        plain("{\\rtf1\\ansi\\ansicpg1252\\deff1{\\fonttbl{\\f0\\fcharset204 Arial;}{\\f1 Arial;}"
              "{\\f2\\cpg1253 Arial;}}\\'fc{\\f0\\'fc}{\\f2\\'fc}\\f0\\'e4\\plain\\'fc}"),
        "üьόдü"
    );
}

TEST(RtfText, ACharacterOfTwoBytesMayBeWrittenInTwoWays) {
    EXPECT_EQ(plain("{\\rtf1\\ansi\\ansicpg932 \\'93\\'fa\\'96\\'7b\\'83\\\\}"), "日本ソ");
    EXPECT_EQ(plain("{\\rtf1\\ansi\\ansicpg932 \\'83A}"), "ア");
}

TEST(RtfText, UnicodeWithItsFallbacks) {
    EXPECT_EQ(plain("{\\rtf1 \\u8364?5}"), "€5");
    EXPECT_EQ(plain("{\\rtf1\\uc2 \\u26085\\'93\\'fa\\u26412\\'96\\'7b.}"), "日本.");
    EXPECT_EQ(plain("{\\rtf1\\uc0 \\u8364 5{\\uc3\\u8364 abcd}\\u8364 e}"), "€5€d€e");
    EXPECT_EQ(plain("{\\rtf1{\\u8364}?}"), "€?");
    EXPECT_EQ(plain("{\\rtf1 \\u8364\\tab 5\\u8364\\{6}"), "€5€6");
}

TEST(RtfText, UnicodeBeyondTheFirstPlane) {
    EXPECT_EQ(plain("{\\rtf1 \\u-10179?\\u-8704?}"), "\U0001F600");
    EXPECT_EQ(plain("{\\rtf1 \\u-10179?x\\u-8704?\\u-10179?}"), "\uFFFDx\uFFFD\uFFFD");
}

TEST(RtfText, UnknownCodePagesAreNamed) {
    const auto said = mime::read_rtf("{\\rtf1\\ansi\\ansicpg4711 \\'e4}");
    EXPECT_EQ(said.text, "ä");
    EXPECT_EQ(said.problem, "no charset is named; read as windows-1252");
}

TEST(RtfText, WhatIsNoRtfSaysNothing) {
    const auto said = mime::read_rtf("Hello");
    EXPECT_EQ(said.text, "");
    EXPECT_EQ(said.problem, "the RTF does not begin as RTF");
}

TEST(RtfText, HtmlIsTakenOutAsItWas) {
    EXPECT_EQ(
        html("{\\*\\htmltag64}{\\*\\htmltag19 <html>}{\\*\\htmltag241 <!-- \\{x\\}\\par\\tab y -->}"
             "\\htmlrtf {\\htmlrtf0 {\\*\\htmltag84 <b>}\\htmlrtf {\\b\\htmlrtf0 Offer \\'80 5"
             "\\htmlrtf }\\htmlrtf0 {\\*\\htmltag92 </b>}\\htmlrtf\\par}\\htmlrtf0{\\*\\htmltag27 "
             "</html>}"),
        "<html><!-- {x}\n\ty --><b>Offer € 5</b></html>"
    );
}

TEST(RtfText, CharacterReferencesStandForWhatRtfShows) {
    EXPECT_EQ(
        html("a{\\*\\htmltag84 &nbsp;}\\htmlrtf \\'a0\\htmlrtf0 b {\\*\\htmltag84 &lt;}\\htmlrtf "
             "<\\htmlrtf0"),
        "a&nbsp;b &lt;"
    );
}

TEST(RtfText, RewrittenTagsAndListMarksAreNotInTheHtml) {
    EXPECT_EQ(
        html("{\\*\\mhtmltag84 <img src=\"cid:2\">}{\\*\\htmltag84 <img src=\"cid:1\">}"
             "{\\pntext\\f1\\'b7\\tab}{\\*\\htmltag64 <li>}one"),
        "<img src=\"cid:1\"><li>one"
    );
}

TEST(RtfText, HtmlrtfEndsWithItsGroup) {
    EXPECT_EQ(html("{\\htmlrtf gone{gone \\htmlrtf0 a}gone}b"), "ab");
}

TEST(RtfText, TheFontCountsEvenWhereItIsNotInTheHtml) {
    EXPECT_EQ(
        html("\\htmlrtf {\\f1 \\htmlrtf0 \\'d1{\\*\\htmltag84 <i title=\"\\'e4\">}\\htmlrtf "
             "}\\htmlrtf0"),
        "С<i title=\"ä\">"
    );
    EXPECT_EQ(html("{\\htmlrtf\\f2\\htmlrtf0 \\'93\\'fa\\'96{}\\'7b}"), "日本");
}

TEST(RtfText, TagsAreLeftOutOfPlainText) {
    EXPECT_EQ(plain("{\\rtf1\\fromtext {\\*\\htmltag84 <b>}x}"), "x");
    EXPECT_EQ(plain("{\\rtf1{\\*\\x\\fromhtml1}\\fromhtml0 x}"), "x");
}

TEST(RtfText, DeepGroupsAreLeftOut) {
    std::string deep = "{\\rtf1 a";
    for (std::size_t i = 0; i < 1'000'000; ++i) deep += '{';
    deep += "gone";
    for (std::size_t i = 0; i < 1'000'000; ++i) deep += '}';
    EXPECT_EQ(plain(deep + "b}}}}c"), "abc");
}

TEST(RtfText, AnyBeginningIsReadAndValid) {
    const std::string whole =
        "{\\rtf1\\ansi\\ansicpg932\\fromhtml1{\\fonttbl{\\f1\\fcharset204 A;}}{\\*\\htmltag1 <b>}"
        "\\'93\\'fa\\u-10179?\\u-8704?\\f1\\'e4\\htmlrtf x\\htmlrtf0 \\bin2 {{}";
    for (std::size_t size = 0; size <= whole.size(); ++size)
        EXPECT_TRUE(mime::is_utf8(mime::read_rtf(whole.substr(0, size)).text)) << size;
}

TEST(RtfText, LineBreaksAreLineFeeds) {
    EXPECT_EQ(plain("{\\rtf1 a\\'0d\\'0ab\\'0dc}"), "a\nb\nc");
}

TEST(RtfText, MoreThanIsReadIsAProblem) {
    const auto said = mime::read_rtf("{\\rtf1 " + std::string(mime::limits::text / 2, '\x80'));
    EXPECT_EQ(said.problem, "more text than is read");
    EXPECT_LE(said.text.size(), mime::limits::text);
}
