#include "mime/address.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

/// "name|address" a line, so that a failure shows all of them.
std::string read(std::string_view field) {
    std::string text;
    for (const auto& [name, address] : mime::read_addresses(field))
        text += name + "|" + address + "\n";
    return text;
}

}  // namespace

TEST(Address, NameAndAddressInAngleBrackets) {
    EXPECT_EQ(read("Ann Bo <ann@acme.example>"), "Ann Bo|ann@acme.example\n");
}

TEST(Address, OnlyTheDomainIsLowered) {
    EXPECT_EQ(read("Ann.Bo@ACME.Example"), "|Ann.Bo@acme.example\n");
}

TEST(Address, CommaWithinQuotesDoesNotSeparate) {
    EXPECT_EQ(
        read("\"Bo, Ann\" <ann@acme.example>, tom@acme.example"),
        "Bo, Ann|ann@acme.example\n|tom@acme.example\n"
    );
}

TEST(Address, QuotesMayHoldQuotes) {
    EXPECT_EQ(
        read(R"("Ann \"the Bow\" Bo" <ann@acme.example>)"), "Ann \"the Bow\" Bo|ann@acme.example\n"
    );
}

TEST(Address, CommentIsTheNameWhereThereIsNoOther) {
    EXPECT_EQ(read("ann@acme.example (Ann (the Bow) Bo)"), "Ann (the Bow) Bo|ann@acme.example\n");
    EXPECT_EQ(read("Ann <ann@acme.example> (office)"), "Ann|ann@acme.example\n");
}

TEST(Address, GroupIsFlattened) {
    EXPECT_EQ(
        read("Site team: Ann <ann@acme.example>, tom@acme.example; ben@us.example"),
        "Ann|ann@acme.example\n|tom@acme.example\n|ben@us.example\n"
    );
}

TEST(Address, EmptyGroupHasNobodyWithAndWithoutItsEnd) {
    EXPECT_EQ(read("undisclosed-recipients:;"), "");
    EXPECT_EQ(read("undisclosed-recipients:"), "");
}

TEST(Address, EncodedWordsInNames) {
    EXPECT_EQ(
        read("=?utf-8?Q?Bj=C3=B6rn?= =?utf-8?Q?_Ek?= <bjorn@nord.example>"),
        "Björn Ek|bjorn@nord.example\n"
    );
    EXPECT_EQ(read("\"=?iso-8859-1?Q?M=FCller?=\" <m@bau.example>"), "Müller|m@bau.example\n");
}

TEST(Address, CommaWithinAnEncodedWordDoesNotSeparate) {
    EXPECT_EQ(read("=?utf-8?Q?Bo,_Ann?= <ann@acme.example>"), "Bo, Ann|ann@acme.example\n");
}

TEST(Address, RawBytesInNamesAreUtf8OrElseWindows1252) {
    EXPECT_EQ(read("Bj\xC3\xB6rn <b@nord.example>"), "Björn|b@nord.example\n");
    EXPECT_EQ(read("Bj\xF6rn <b@nord.example>"), "Björn|b@nord.example\n");
}

TEST(Address, ObsoleteRouteAndBlanksVanish) {
    EXPECT_EQ(read("Ann <@relay.example,@mx.example:ann@acme.example>"), "Ann|ann@acme.example\n");
    EXPECT_EQ(read("ann @ acme . example"), "|ann@acme.example\n");
}

TEST(Address, QuotedLocalPartKeepsItsQuotes) {
    EXPECT_EQ(read("\"ann bo\"@acme.example"), "|\"ann bo\"@acme.example\n");
}

TEST(Address, AddressWithinQuotesAloneIsAnAddress) {
    EXPECT_EQ(read("\"ann@acme.example\""), "|ann@acme.example\n");
}

TEST(Address, NameBeforeABareAddress) {
    EXPECT_EQ(read("Ann Bo ann@acme.example"), "Ann Bo|ann@acme.example\n");
}

TEST(Address, DomainLiteralWithColonsIsNoGroup) {
    EXPECT_EQ(read("ann@[IPv6:2001:db8::1]"), "|ann@[ipv6:2001:db8::1]\n");
}

TEST(Address, MissingClosingBracketEndsAtTheComma) {
    EXPECT_EQ(
        read("Ann <ann@acme.example, tom@acme.example"), "Ann|ann@acme.example\n|tom@acme.example\n"
    );
}

TEST(Address, LoneQuoteIsAnOrdinaryCharacter) {
    EXPECT_EQ(read("Ann 5\" Bo <ann@acme.example>"), "Ann 5\" Bo|ann@acme.example\n");
}

TEST(Address, EmptyPlacesBetweenCommasAreNobody) {
    EXPECT_EQ(read(",, ann@acme.example, ,<>"), "|ann@acme.example\n");
}

TEST(Address, MillionsOfOpenSignsEnd) {
    for (const char sign : {'(', '"', '<', '[', ':', ','})
        EXPECT_LE(mime::read_addresses(std::string(1'000'000, sign)).size(), 1U) << sign;
}

TEST(Address, BracketInANameIsNoDomainLiteral) {
    EXPECT_EQ(read("Foo [ext] <a@b.example>"), "Foo [ext]|a@b.example\n");
    EXPECT_EQ(read("Foo [ext <a@b.example>"), "Foo [ext|a@b.example\n");
    EXPECT_EQ(
        read("a@[192.0.2.1], b@[IPv6:2001:db8::1]"), "|a@[192.0.2.1]\n|b@[ipv6:2001:db8::1]\n"
    );
}

TEST(Address, WhatIsTooMuchAroundAnAddressFallsAway) {
    EXPECT_EQ(read("John <john@x.example>>, b@c.example"), "John|john@x.example\n|b@c.example\n");
    EXPECT_EQ(read("John <MAILTO:john@x.example>"), "John|john@x.example\n");
}

TEST(Address, TheAddressOnceMoreIsNoNameUnlessQuoted) {
    EXPECT_EQ(read("a@b.example <A@b.example>"), "|A@b.example\n");
    EXPECT_EQ(read("\"a@b.example\" <a@b.example>"), "a@b.example|a@b.example\n");
}

TEST(Address, AWholeMailboxMayHideInOneEncodedWord) {
    EXPECT_EQ(read("=?utf-8?Q?J=C3=B6rg_<j@b.example>?="), "Jörg|j@b.example\n");
    EXPECT_EQ(read("=?utf-8?Q?j@b.example?="), "|j@b.example\n");
    EXPECT_EQ(read("=?utf-8?Q?<x@evil.example>?= <a@b.example>"), "<x@evil.example>|a@b.example\n");
}
