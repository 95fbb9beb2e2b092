#include "mime/rtf_token.hpp"

#include <gtest/gtest.h>

#include <string>

#include <fmt/format.h>

namespace {

/// Every token on its own: words as name=parameter, symbols as %c, bytes as 'xx.
std::string tokens_of(std::string_view rtf) {
    std::string all;
    mime::RtfTokens tokens(rtf);
    while (const auto token = tokens.next()) {
        if (!all.empty()) all += ' ';
        switch (token->kind) {
            case mime::RtfToken::Kind::open:
                all += '{';
                break;
            case mime::RtfToken::Kind::close:
                all += '}';
                break;
            case mime::RtfToken::Kind::symbol:
                all += fmt::format("%{}", token->character);
                break;
            case mime::RtfToken::Kind::byte:
                all += fmt::format("'{:02x}", static_cast<unsigned char>(token->character));
                break;
            case mime::RtfToken::Kind::text:
                all += fmt::format("\"{}\"", token->text);
                break;
            case mime::RtfToken::Kind::word:
                all += token->text;
                if (token->parameter) all += fmt::format("={}", *token->parameter);
                break;
        }
    }
    return all;
}

}  // namespace

TEST(RtfToken, WordsParametersAndText) {
    EXPECT_EQ(tokens_of("{\\rtf1\\ansi text\\b0}"), "{ rtf=1 ansi \"text\" b=0 }");
    EXPECT_EQ(tokens_of("\\u-4 \\li-\\par"), "u=-4 li \"-\" par");
}

TEST(RtfToken, OnlyOneBlankBelongsToAWord) {
    EXPECT_EQ(tokens_of("\\par  x"), "par \" x\"");
}

TEST(RtfToken, SymbolsAndBytes) {
    EXPECT_EQ(tokens_of("\\{\\}\\\\\\*\\~\\'e4\\'E4"), "%{ %} %\\ %* %~ 'e4 'e4");
    EXPECT_EQ(tokens_of("\\'gg\\'e"), "%' \"gg\" %' \"e\"");
}

TEST(RtfToken, LineEndsAreNoText) {
    EXPECT_EQ(tokens_of("one\r\ntwo\n"), "\"one\" \"two\"");
    EXPECT_EQ(tokens_of("one\\\ntwo"), "\"one\" par \"two\"");
}

TEST(RtfToken, BinaryIsLeftOut) {
    EXPECT_EQ(tokens_of("\\bin3 {}}x"), "bin=3 \"x\"");
    EXPECT_EQ(tokens_of("\\bin99 {}}x"), "bin=99");
    EXPECT_EQ(tokens_of("\\bin-1 x"), "bin=-1 \"x\"");
}

TEST(RtfToken, HugeParametersAreBounded) {
    EXPECT_EQ(tokens_of("\\fs99999999999999999999x"), "fs=1000000000 \"x\"");
    EXPECT_EQ(tokens_of("\\fs-99999999999999999999x"), "fs=-1000000000 \"x\"");
}

TEST(RtfToken, TextEndsAnywhere) {
    EXPECT_EQ(tokens_of(""), "");
    EXPECT_EQ(tokens_of("\\u-"), "u \"-\"");
    const std::string_view lone = "\\";
    mime::RtfTokens tokens(lone);
    EXPECT_EQ(tokens.next()->character, '\0');
    EXPECT_FALSE(tokens.next());
}
