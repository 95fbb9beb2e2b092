#include "rules/hours.hpp"

#include <gtest/gtest.h>

namespace {

using std::chrono::hours;
using std::chrono::minutes;

const std::set<int> all_days{1, 2, 3, 4, 5, 6, 7};

TEST(Hours, WholeDaysFillTheWeekWhereAllSevenAreNamed) {
    EXPECT_TRUE(rules::fill_the_week({{all_days, hours(0), hours(24)}}));
    EXPECT_TRUE(rules::fill_the_week(
        {{{1, 2, 3}, hours(0), hours(24)}, {{4, 5, 6, 7}, hours(0), hours(24)}}
    ));
    EXPECT_FALSE(rules::fill_the_week({{{1, 2, 3, 4, 5, 6}, hours(0), hours(24)}}));
    EXPECT_FALSE(rules::fill_the_week({}));
}

TEST(Hours, AMinuteIsLeftOut) {
    EXPECT_FALSE(rules::fill_the_week({{all_days, hours(0), minutes(24 * 60 - 1)}}));
    EXPECT_FALSE(rules::fill_the_week({{all_days, minutes(1), hours(24)}}));
}

TEST(Hours, WhatEndsBeforeItBeginsEndsOnTheNextDay) {
    EXPECT_TRUE(rules::fill_the_week({{all_days, hours(8), hours(8)}}));
    EXPECT_TRUE(
        rules::fill_the_week({{all_days, hours(22), hours(6)}, {all_days, hours(6), hours(22)}})
    );
    EXPECT_TRUE(rules::fill_the_week(
        {{{7}, hours(12), hours(12)},
         {{1}, hours(12), hours(24)},
         {{2, 3, 4, 5, 6}, hours(0), hours(24)},
         {{7}, hours(0), hours(12)}}
    )) << "Sunday's goes on on Monday";
    EXPECT_FALSE(rules::fill_the_week({{all_days, hours(22), hours(6)}}));
}

}  // namespace
