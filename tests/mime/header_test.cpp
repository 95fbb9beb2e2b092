#include "mime/header.hpp"

#include <gtest/gtest.h>

#include <initializer_list>

#include "mime/limits.hpp"

using mime::HeaderReader;
using Line = mime::HeaderReader::Line;

namespace {

constexpr mime::HeaderBudget whole{mime::limits::header_fields, mime::limits::header_bytes};

}  // namespace

TEST(Header, FoldedLinesAreJoinedByOneBlank) {
    HeaderReader reader(whole);
    EXPECT_EQ(reader.take("Subject: one\r"), Line::field);
    EXPECT_EQ(reader.take("\t two\r"), Line::field);
    EXPECT_EQ(reader.take("\r"), Line::end);
    EXPECT_EQ(reader.fields, (std::vector<mime::HeaderField>{{"Subject", "one two"}}));
}

TEST(Header, ValueMayBeginOnTheSecondLine) {
    HeaderReader reader(whole);
    reader.take("Subject:");
    reader.take(" late");
    EXPECT_EQ(mime::field_value(reader.fields, "subject"), "late");
}

TEST(Header, BlanksBeforeTheColonAreNoPartOfTheName) {
    HeaderReader reader(whole);
    reader.take("Subject \t: x");
    EXPECT_EQ(mime::field_value(reader.fields, "Subject"), "x");
}

TEST(Header, LinesThatAreNoFieldsArePassedOver) {
    HeaderReader reader(whole);
    for (const char* odd : {" leading blank", "no colon", "two words: x", ": nameless"})
        EXPECT_EQ(reader.take(odd), Line::odd) << odd;
    EXPECT_TRUE(reader.fields.empty());
}

TEST(Header, NamesAreFoundInAnyCaseAndTheFirstWins) {
    const std::vector<mime::HeaderField> fields{{"TO", "a"}, {"Cc", "b"}, {"to", "c"}};
    EXPECT_EQ(mime::field_value(fields, "To"), "a");
    EXPECT_EQ(mime::field_values(fields, "To"), (std::vector<std::string_view>{"a", "c"}));
    EXPECT_EQ(mime::find_field(fields, "Bcc"), nullptr);
    EXPECT_EQ(mime::field_value(fields, "Bcc"), "");
}

TEST(Header, MoreFieldsThanTheLimitAreLeftOut) {
    HeaderReader reader(whole);
    for (std::size_t i = 0; i < mime::limits::header_fields + 10; ++i) reader.take("X: y");
    EXPECT_EQ(reader.fields.size(), mime::limits::header_fields);
    EXPECT_TRUE(reader.truncated);
}

TEST(Header, UnfoldRemovesLineBreaksAlone) {
    EXPECT_EQ(mime::unfold(" a\r\n b \t c\n"), "a b \t c");
}

TEST(Header, WhatContinuesALineThatIsNoFieldIsNoneEither) {
    HeaderReader reader(whole);
    reader.take("Subject: s");
    EXPECT_EQ(reader.take("no field"), Line::odd);
    EXPECT_EQ(reader.take("  of it"), Line::odd);
    EXPECT_EQ(reader.take("To: a@b.example"), Line::field);
    EXPECT_EQ(
        reader.fields, (std::vector<mime::HeaderField>{{"Subject", "s"}, {"To", "a@b.example"}})
    );
}

TEST(Header, TwoCarriageReturnsAreOneLineBreak) {
    HeaderReader reader(whole);
    reader.take("Subject: s\r\r");
    EXPECT_EQ(reader.take("\r\r"), Line::end);
    EXPECT_EQ(reader.fields.at(0).value, "s");
}

TEST(Header, BudgetBoundsFieldsAndBytesAndTheRestIsTold) {
    HeaderReader few({1, 100});
    few.take("A: 1");
    few.take(" and more");
    EXPECT_FALSE(few.truncated);
    few.take("B: 2");
    EXPECT_TRUE(few.truncated);
    EXPECT_EQ(few.fields, (std::vector<mime::HeaderField>{{"A", "1 and more"}}));

    HeaderReader folded({9, 10});
    folded.take("A: 1");
    folded.take(" longer than what is left");
    EXPECT_TRUE(folded.truncated);
    EXPECT_EQ(folded.fields, (std::vector<mime::HeaderField>{{"A", "1"}}));
}
