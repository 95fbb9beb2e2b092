#include "mime/html_token.hpp"

#include <gtest/gtest.h>

#include <string>

#include "mime/limits.hpp"

namespace {

/// "text|<name attribute=value>|</name>"
std::string tokens(std::string_view html) {
    mime::HtmlTokens source(html);
    mime::HtmlToken token;
    std::string result;
    while (source.next(token)) {
        if (!result.empty()) result += '|';
        if (token.kind == mime::HtmlToken::Kind::text) {
            result += token.text;
            continue;
        }
        result += token.kind == mime::HtmlToken::Kind::end ? "</" : "<";
        result += token.text;
        for (const auto& [name, value] : token.attributes)
            result += " " + std::string(name) + "=" + std::string(value);
        result += token.closed ? "/>" : ">";
    }
    return result;
}

}  // namespace

TEST(HtmlToken, TagsAndText) {
    EXPECT_EQ(tokens("a<B>c</B >d"), "a|<B>|c|</B>|d");
    EXPECT_EQ(tokens("<o:p/><br / >"), "<o:p/>|<br>");
}

TEST(HtmlToken, Attributes) {
    EXPECT_EQ(tokens("<a b c = d e='f>g' h=\"\"i=j/k>"), "<a b= c=d e=f>g h= i=j/k>");
    EXPECT_EQ(tokens("<a/b/c==d =e=f>"), "<a b= c==d =e=f>");
}

TEST(HtmlToken, QuoteThatIsNoValueEndsNothing) {
    EXPECT_EQ(tokens("<p it's>one</p> isn't"), "<p it's=>|one|</p>| isn't");
}

TEST(HtmlToken, ValueThatIsNotClosedEndsWithTheTag) {
    EXPECT_EQ(tokens("<a b='c>d"), "<a b=c>|d");
    EXPECT_EQ(tokens("<a b='c"), "");
}

TEST(HtmlToken, CommentsEndWhereBrowsersEndThem) {
    EXPECT_EQ(tokens("a<!-- > -- -->b<!-->c<!--->d<!-- --!>e<!---->f<!-- -- ->"), "a|b|c|d|e|f");
}

TEST(HtmlToken, DeclarationsAreComments) {
    EXPECT_EQ(tokens("<!DOCTYPE x><?php ?><![CDATA[a]]>b</ c>d</>e<![if x]>f"), "b|d|e|f");
}

TEST(HtmlToken, SignsWithoutANameAreText) {
    EXPECT_EQ(tokens("1 < 2 <3 <"), "1 |< 2 |<3 |<");
    EXPECT_EQ(tokens("a</"), "a|</");
}

TEST(HtmlToken, EachSaysWhereItStands) {
    std::string html = "a<!-- b -->c<d e = 'f>' g ></d >h<i/>";
    std::string found;
    mime::HtmlTokens source(html);
    for (mime::HtmlToken token; source.next(token);)
        found += html.substr(token.begin, token.end - token.begin) + '|';
    EXPECT_EQ(found, "a|c|<d e = 'f>' g >|</d >|h|<i/>|");
}

TEST(HtmlToken, RawTextEndsAtItsOwnName) {
    mime::HtmlTokens source("a</b></scripts></SCRIPT >c");
    EXPECT_EQ(source.raw_text("script"), "a</b></scripts>");
    EXPECT_EQ(source.rest(), "</SCRIPT >c");
    EXPECT_EQ(mime::HtmlTokens("a</script").raw_text("script"), "a");
    EXPECT_EQ(mime::HtmlTokens("a</scrip").raw_text("script"), "a</scrip");
}

TEST(HtmlToken, MoreAttributesThanTheLimitAreNotKept) {
    std::string html = "<a";
    for (std::size_t i = 0; i < mime::limits::html_attributes + 5; ++i) html += " b";
    html += ">c";
    mime::HtmlTokens source(html);
    mime::HtmlToken token;
    ASSERT_TRUE(source.next(token));
    EXPECT_EQ(token.attributes.size(), mime::limits::html_attributes);
    ASSERT_TRUE(source.next(token));
    EXPECT_EQ(token.text, "c");
}
