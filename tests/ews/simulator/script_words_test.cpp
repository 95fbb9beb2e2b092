#include "ews/simulator/script_words.hpp"

#include <gtest/gtest.h>

namespace {

using namespace ews::simulator;

TEST(ScriptWords, ComeOneByOneWhateverStandsBetween) {
    Words words("  one\ttwo  three four \r");
    EXPECT_EQ(words.peek(), "one");
    EXPECT_EQ(words.take("a word"), "one");
    EXPECT_FALSE(words.take_if("three"));
    EXPECT_TRUE(words.take_if("two"));
    EXPECT_EQ(words.take_rest("more"), "three four");
    EXPECT_TRUE(words.empty());
    EXPECT_EQ(words.problem(), "");
}

TEST(ScriptWords, KeepTheFirstProblemAndEndWithIt) {
    Words words("x 5");
    EXPECT_EQ(words.take_number("the place"), 1U);
    EXPECT_TRUE(words.empty());
    words.take("more");
    EXPECT_EQ(words.problem(), "the place must be a number from 1 to 100000000, not \"x\"");
}

TEST(ScriptWords, SayWhatIsMissing) {
    Words words("");
    EXPECT_EQ(words.take_rest("the text"), "");
    EXPECT_EQ(words.problem(), "the text is missing");
}

}  // namespace
