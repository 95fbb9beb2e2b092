#include "mime/html_layout.hpp"

#include <gtest/gtest.h>

#include "mime/limits.hpp"

using mime::HtmlLayout;

TEST(HtmlLayout, WhiteSpaceIsOneBlank) {
    HtmlLayout layout;
    layout.text("  a \n b");
    layout.text(" ");
    layout.text("\u00A0c ");
    EXPECT_EQ(layout.finish(), "a b c");
}

TEST(HtmlLayout, LinesAndParagraphs) {
    HtmlLayout layout;
    layout.begin_paragraph();
    layout.text("a");
    layout.begin_line();
    layout.begin_line();
    layout.text("b");
    layout.break_line();
    layout.break_line();
    layout.break_line();
    layout.text("c");
    layout.begin_paragraph();
    EXPECT_EQ(layout.finish(), "a\nb\n\nc");
}

TEST(HtmlLayout, TheBlankLineBehindAQuoteIsNotQuoted) {
    HtmlLayout layout;
    layout.begin_quote();
    layout.text("a");
    layout.begin_paragraph();
    layout.text("b");
    layout.begin_paragraph();
    layout.end_quote();
    layout.text("c");
    EXPECT_EQ(layout.finish(), "> a\n>\n> b\n\nc");
}

TEST(HtmlLayout, MarkersStandBeforeTheFirstLineOnly) {
    HtmlLayout layout;
    layout.begin_item("1. ");
    layout.text("a");
    layout.break_line();
    layout.text("b");
    layout.begin_item("- ");
    layout.text("c");
    layout.end_item();
    layout.end_item();
    layout.begin_item("2. ");
    layout.end_item();
    layout.text("d");
    EXPECT_EQ(layout.finish(), "1. a\n  b\n  - c\nd");
}

TEST(HtmlLayout, CellsThatAreEmptyLeaveNoTabs) {
    HtmlLayout layout;
    layout.begin_row();
    layout.begin_cell();
    layout.begin_cell();
    layout.text("a");
    layout.begin_cell();
    layout.begin_cell();
    layout.text("b");
    layout.end_table();
    layout.text("c");
    EXPECT_EQ(layout.finish(), "a\tb\nc");
}

TEST(HtmlLayout, AddressOfALinkComesBeforeTheBreakBehindIt) {
    HtmlLayout layout;
    layout.begin_link();
    layout.text("a");
    layout.begin_paragraph();
    layout.end_link("http://b.example");
    layout.text("c");
    EXPECT_EQ(layout.finish(), "a <http://b.example>\n\nc");
}

TEST(HtmlLayout, ALinkWithinALinkHasAnAddressOfItsOwn) {
    HtmlLayout layout;
    layout.begin_link();
    layout.begin_link();
    layout.text("a");
    layout.end_link("http://in.example");
    layout.text(" b");
    layout.end_link("http://out.example");
    EXPECT_EQ(layout.finish(), "a <http://in.example> b <http://out.example>");
}

TEST(HtmlLayout, InvisibleCharactersStandBetweenVisibleOnesOrNowhere) {
    HtmlLayout layout;
    layout.text("\u200Ea\u2009b\u200Fc\u200F \u200E");
    layout.begin_line();
    layout.text("\u034Fd\u180E");
    EXPECT_EQ(layout.finish(), "a b\u200Fc\nd");
}

TEST(HtmlLayout, ABlankLineStandsBeforeNoRow) {
    HtmlLayout layout;
    layout.text("a");
    layout.blank_line();
    layout.blank_line();
    layout.text("b");
    layout.begin_row();
    layout.begin_cell();
    layout.blank_line();
    layout.begin_cell();
    layout.text("c");
    layout.begin_row();
    layout.begin_cell();
    layout.end_table();
    layout.blank_line();
    layout.text("d");
    EXPECT_EQ(layout.finish(), "a\n\nb\nc\n\nd");
}

TEST(HtmlLayout, QuotesAndIndentsOfALineAreLimited) {
    HtmlLayout layout;
    for (std::size_t i = 0; i < 3 * mime::limits::shown_quotes; ++i) {
        layout.begin_quote();
        layout.begin_item("- ");
    }
    layout.text("a");
    EXPECT_EQ(layout.finish().size(), 4 * mime::limits::shown_quotes + 1);
}
