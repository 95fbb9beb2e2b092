#include "mime/date.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace {

using namespace std::chrono_literals;

/// 2026-11-23 09:00:00 UTC, which most of these dates say.
constexpr std::chrono::sys_seconds morning = std::chrono::sys_days(2026y / 11 / 23) + 9h;

}  // namespace

TEST(Date, ZoneIsAppliedAndTheWeekdayIgnored) {
    EXPECT_EQ(mime::read_date("Mon, 23 Nov 2026 10:00:00 +0100"), morning);
    EXPECT_EQ(mime::read_date("Fri, 23 Nov 2026 03:30:00 -0530"), morning);
    EXPECT_EQ(mime::read_date("23 Nov 2026 09:00 GMT"), morning);
}

TEST(Date, ObsoleteZonesAndYears) {
    EXPECT_EQ(mime::read_date("Mon, 23 Nov 26 04:00:00 EST"), morning);
    EXPECT_EQ(mime::read_date("23 Nov 26 09:00:00 Z"), morning);
    EXPECT_EQ(mime::read_date("1 Jan 70 00:00:00 UT"), std::chrono::sys_seconds{});
}

TEST(Date, CommentsAreNoPartOfIt) {
    EXPECT_EQ(mime::read_date("Mon (first day), 23 Nov 2026 10:00:00 +0100 (CET)"), morning);
}

TEST(Date, MissingZoneIsUtc) {
    EXPECT_EQ(mime::read_date("23 Nov 2026 09:00:00"), morning);
}

TEST(Date, DashesBetweenDayMonthYear) {
    EXPECT_EQ(mime::read_date("Mon, 23-Nov-2026 09:00:00 +0000"), morning);
}

TEST(Date, WhatIsNoDateIsNothing) {
    for (const char* text :
         {"",
          "yesterday",
          "Mon, 31 Feb 2026 10:00:00 +0000",
          "23 Nov 2026 25:00:00 +0000",
          "23 Nov 2026",
          "23 Foo 2026 10:00:00 +0000",
          "99999999999 Nov 2026 10:00 +0000"})
        EXPECT_EQ(mime::read_date(text), std::nullopt) << text;
}
