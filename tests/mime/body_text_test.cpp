#include "mime/body_text.hpp"

#include <gtest/gtest.h>

#include "mime/parse.hpp"

namespace {

mime::BodyText text_of(std::string_view mail) {
    return mime::body_text(mime::parse(mail));
}

}  // namespace

TEST(BodyText, IsThePlainTextWhereThereIsOne) {
    const auto mail =
        "Content-Type: multipart/alternative; boundary=b\n\n"
        "--b\n\nplain\n--b\nContent-Type: text/html\n\n<p>rich</p>\n--b--\n";
    EXPECT_EQ(text_of(mail), (mime::BodyText{"plain", false}));
}

TEST(BodyText, IsMadeFromHtmlWhereThereIsNoText) {
    EXPECT_EQ(
        text_of("Content-Type: text/html\n\n<p>Hello &amp; bye</p>"),
        (mime::BodyText{"Hello & bye", true})
    );
}

TEST(BodyText, OfAMultipartWithoutItsBoundaryIsFoundByWhatLooksLikeOne) {
    const std::string body =
        "\n\n--next\nContent-Type: text/plain\n\nForty belts.\n"
        "--next\nContent-Type: image/png\n\nx\n--next--\n";
    for (const char* type : {"multipart/mixed", "multipart/mixed; boundary=other"}) {
        const auto mail = "Content-Type: " + std::string(type) + body;
        EXPECT_EQ(mime::parse(mail).text, std::nullopt);
        EXPECT_EQ(text_of(mail), (mime::BodyText{"Forty belts.", false})) << type;
    }
    EXPECT_EQ(
        text_of("Content-Type: multipart/mixed\n\nF\xFCnf -- nein, sechs.\n"),
        (mime::BodyText{"Fünf -- nein, sechs.\n", false})
    );
}

TEST(BodyText, NewTextIsFoundByTheHtmlWhereThereIsNoText) {
    const auto mail = mime::parse(
        "Content-Type: text/html\n\n<p>Yes.</p><div class=gmail_quote>"
        "<div class=gmail_attr>On Monday:</div><blockquote class=gmail_quote>Forty "
        "belts?</blockquote></div>"
    );
    EXPECT_EQ(mime::new_text_of(mail), (mime::NewText{"Yes.", true, false}));
    EXPECT_EQ(
        mime::new_text_of(mime::parse("Subject: x\n\nYes.\n> Forty belts?\n")),
        (mime::NewText{"Yes.", true, false})
    );
}

TEST(BodyText, IsEmptyWhereAMailHasNone) {
    EXPECT_EQ(text_of("Content-Type: image/png\n\nx"), mime::BodyText{});
}
