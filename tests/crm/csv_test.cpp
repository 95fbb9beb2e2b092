#include "crm/csv.hpp"

#include <gtest/gtest.h>

namespace {

using crm::csv::Row;
using Rows = std::vector<Row>;

Rows read(std::string_view text) {
    return crm::csv::read(text).value();
}

rules::Problems problems(std::string_view text) {
    return crm::csv::read(text).error();
}

TEST(Csv, CellsAreSplitAtCommasAndRowsAtLineEnds) {
    const Rows expected{{1, {"a", "b"}}, {2, {"", "d"}}, {3, {"e", ""}}};
    EXPECT_EQ(read("a,b\r\n,d\r\ne,\r\n"), expected);
    EXPECT_EQ(read("a,b\n,d\ne,"), expected);
    EXPECT_EQ(read("a,b\r,d\re,"), expected);
}

TEST(Csv, AQuotedCellHoldsCommasQuotesAndLineEnds) {
    const Rows expected{{1, {"Fjord, Vik", "the \"old\" one", "two\r\nlines"}}, {3, {"x", "", ""}}};
    EXPECT_EQ(
        read("\"Fjord, Vik\",\"the \"\"old\"\" one\",\"two\r\nlines\"\r\nx,,\"\"\r\n"), expected
    );
}

TEST(Csv, AByteOrderMarkIsNoPartOfTheFirstCell) {
    EXPECT_EQ(read("\xEF\xBB\xBFkind\n"), (Rows{{1, {"kind"}}}));
}

TEST(Csv, BlankLinesCountButGiveNoRow) {
    EXPECT_EQ(read("a,b\n\n\nc,d\n"), (Rows{{1, {"a", "b"}}, {4, {"c", "d"}}}));
}

TEST(Csv, SemicolonsAndTabsSeparateWhereTheFirstLineHasThem) {
    EXPECT_EQ(read("a;b\n1,5;x\n"), (Rows{{1, {"a", "b"}}, {2, {"1,5", "x"}}}));
    EXPECT_EQ(read("a\tb\n1,5\tx;y\n"), (Rows{{1, {"a", "b"}}, {2, {"1,5", "x;y"}}}));
    EXPECT_EQ(read("\"a;;;\",b\n"), (Rows{{1, {"a;;;", "b"}}}));
}

TEST(Csv, AnEmptyTextHasNoRows) {
    EXPECT_TRUE(read("").empty());
    EXPECT_TRUE(read("\r\n\r\n").empty());
}

TEST(Csv, AQuoteThatIsNeverClosedIsReportedWhereItOpens) {
    const auto found = problems("a,b\nc,\"d\ne,f\n");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].line, 2);
    EXPECT_EQ(found[0].column, 3);
}

TEST(Csv, TextBehindAClosingQuoteIsReported) {
    const auto found = problems("a,b\n\"c\"d,e\n\"f\" ,g\n");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].line, 2);
    EXPECT_EQ(found[0].column, 4);
    EXPECT_EQ(found[1].line, 3);
}

TEST(Csv, ARowOfThousandsOfCellsIsNoTable) {
    ASSERT_EQ(problems(std::string(5'000, ',')).size(), 1U);
}

}  // namespace
