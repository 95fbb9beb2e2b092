#include "mime/signature.hpp"

#include <gtest/gtest.h>

namespace {

std::size_t kept(std::string_view text) {
    const auto lines = mime::split_lines(text);
    return mime::lines_before_signature(lines);
}

}  // namespace

TEST(Signature, BehindTheDelimiter) {
    EXPECT_EQ(
        kept("Hi\n\n-- \nJohn\nNorthwind, who sells you anything you would ever need.\n"), 1U
    );
    EXPECT_EQ(kept("Hi\n--\nJohn\nPigeons are faster than anything the post office has.\n"), 1U);
    EXPECT_EQ(kept("-- \nJohn\n"), 0U);
}

TEST(Signature, LongDashesAreADelimiterAsWell) {
    EXPECT_EQ(kept("Hi\n\n\u2014\nJohn\nNorthwind\n"), 1U);
    EXPECT_EQ(kept("Hi\n\u2014 or perhaps not\n"), 2U);
    EXPECT_EQ(kept("Hi\n*\nforty belts\n"), 3U);
}

TEST(Signature, TheDelimiterWithoutBlankMayBeALineBetweenTexts) {
    EXPECT_EQ(
        kept("One\n--\nAnd the second lot should come by rail, could you arrange that?\n"), 3U
    );
}

TEST(Signature, OfATelephone) {
    EXPECT_EQ(kept("Yes.\n\nSent from my iPhone\n"), 1U);
    EXPECT_EQ(kept("Ja.\n\nVon meinem iPhone gesendet\n\n"), 1U);
    EXPECT_EQ(kept("Sent from my iPhone\n\nNo, wait: Friday.\n"), 3U);
}

TEST(Signature, AClosingLineWithAnAddressBlock) {
    EXPECT_EQ(
        kept("Danke.\n\nMit freundlichen Grüßen\n\nTom Becker\n\nBecker Bau GmbH\n50667 Köln\n"
             "Tel. +49 221 9876-0\nwww.becker-bau.example\n"),
        2U
    );
    EXPECT_EQ(
        kept("Thanks.\n\nKind regards,\nJohn Smith\n+44 113 496 0123\n\nThis e-mail is "
             "confidential. If it "
             "reached you in error, would you please\ntell us and delete it?\n"),
        2U
    );
}

TEST(Signature, AClosingLineWithANameWasWritten) {
    EXPECT_EQ(kept("Danke.\n\nViele Grüße\nTom\n"), 4U);
    EXPECT_EQ(kept("Thanks.\n\nRegards,\nJohn\nOrder 2026-1187\nOrder 2026-1188\n"), 6U);
}

TEST(Signature, AnAddressBlockThatIsAllStays) {
    EXPECT_EQ(kept("\nBest,\nJohn\n+44 113 496 0123\nwww.northwind.example\n"), 5U);
}

TEST(Signature, WhatIsSaidBelowAClosingLineStays) {
    EXPECT_EQ(
        kept("Yes.\nCheers\nJohn\n+44 113 496 0123\nj@us.example\nP.S. Bring the keys\n"), 6U
    );
    EXPECT_EQ(
        kept("Yes.\nCheers\nJohn\n+44 113 496 0123\nwww.us.example\nWhen do you come to the fair?\n"
        ),
        6U
    );
}

TEST(Signature, OfAMailingList) {
    EXPECT_EQ(
        kept("Yes.\n_______________________________________________\nusers mailing list\n"
             "users@lists.us.example\nhttps://lists.us.example/users\n"),
        1U
    );
}

TEST(Signature, NoneIsTheUsualCase) {
    EXPECT_EQ(kept(""), 0U);
    EXPECT_EQ(kept("Hello\n\nJohn\n"), 3U);
}
