#include "mime/flowed.hpp"

#include <gtest/gtest.h>

using mime::unflow;

TEST(Flowed, LinesThatEndInABlankGoOnInTheNext) {
    EXPECT_EQ(unflow("The gate \nis open.\nCome in.\n", false), "The gate is open.\nCome in.\n");
}

TEST(Flowed, WithDelspTheBlankGoes) {
    EXPECT_EQ(unflow("北 \n門\n", true), "北門\n");
}

TEST(Flowed, QuotesOfOneDepthAreOneParagraph) {
    EXPECT_EQ(
        unflow("> How many \n> belts?\n>> A \n>> question.\nForty.\n", false),
        "> How many belts?\n>> A question.\nForty.\n"
    );
    EXPECT_EQ(unflow(">one \n>two\n> \n", false), ">one two\n> \n");
}

TEST(Flowed, AnotherDepthEndsTheParagraph) {
    EXPECT_EQ(unflow("> asked \nanswered\n", false), "> asked \nanswered\n");
}

TEST(Flowed, StuffingIsUndone) {
    EXPECT_EQ(unflow(" From here\n  indented\n", false), "From here\n indented\n");
    EXPECT_EQ(unflow(" > no quote\n", false), "> no quote\n");
}

TEST(Flowed, TheSignatureLineStandsAlone) {
    EXPECT_EQ(unflow("Bye \n-- \nAnna\n", false), "Bye \n-- \nAnna\n");
    EXPECT_EQ(unflow(">-- \n> Anna\n", false), ">-- \n> Anna\n");
}

TEST(Flowed, TheLastLineMayLackItsBreak) {
    EXPECT_EQ(unflow("one \ntwo", false), "one two");
    EXPECT_EQ(unflow("one ", false), "one ");
    EXPECT_EQ(unflow("", false), "");
    EXPECT_EQ(unflow("\n\n", false), "\n\n");
}
