#include "mime/html_tree.hpp"

#include <gtest/gtest.h>

#include <string>

#include "mime/charset.hpp"
#include "mime/limits.hpp"

namespace {

/// What it sees, as "(name attribute=value text)".
struct Listing : mime::HtmlVisitor {
    bool enter(const mime::HtmlNode& node) override {
        seen += "(" + std::string(node.name);
        for (const auto& [name, value] : node.attributes)
            seen += " " + std::string(name) + "=" + std::string(value);
        if (node.has("hidden")) seen += "!)";
        return !node.has("hidden");
    }
    void leave(std::string_view) override { seen += ')'; }
    void text(std::string_view characters) override { seen += "[" + std::string(characters) + "]"; }
    std::string seen;
};

std::string listed(std::string_view html) {
    Listing listing;
    EXPECT_TRUE(mime::walk_html(html, listing));
    return listing.seen;
}

}  // namespace

TEST(HtmlTree, ElementsAndTextInOrder) {
    EXPECT_EQ(listed("a<p align=left>b<br>c</p> <b>d"), "[a](p align=left[b](br)[c])[ ](b[d])");
    EXPECT_EQ(listed(""), "");
}

TEST(HtmlTree, RulesOfHtml4DoNotCount) {
    EXPECT_EQ(
        listed("<a href=http://a.example><table><tr><td>x</table></a>"),
        "(a href=http://a.example(table(tr(td[x]))))"
    );
    EXPECT_EQ(listed("<ol><ul><b><p>x"), "(ol(ul(b(p[x]))))");
}

TEST(HtmlTree, ReferencesAreResolvedOnce) {
    EXPECT_EQ(
        listed("&amp;lt;<b title='&amp;quot;&quot;&#96;'>&#38;amp;"),
        "[&lt;](b title=&quot;\"`[&amp;])"
    );
}

TEST(HtmlTree, WhatIsNotEnteredIsNotLeft) {
    EXPECT_EQ(listed("<div><b hidden>x<i>y</i></b></div>z"), "(div(b hidden=!))[z]");
}

TEST(HtmlTree, BytesThatAreNoUtf8AreReplaced) {
    EXPECT_EQ(listed("a\xFF<b>\xC3</b>"), "[a�](b[�])");
}

TEST(HtmlTree, DepthDoesNotEndIt) {
    std::string html;
    for (int i = 0; i < 100'000; ++i) html += "<div>";
    const auto seen = listed(html + "in");
    EXPECT_NE(seen.find("[in]"), seen.npos);
}

TEST(HtmlTree, MoreThanTheLimitIsLeftOut) {
    Listing listing;
    EXPECT_FALSE(mime::walk_html("x" + std::string(mime::limits::html, 'y') + "z", listing));
    EXPECT_EQ(listing.seen.size(), mime::limits::html + 2);
}
