#include "mime/date.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace {

using namespace std::chrono_literals;

/// 2026-11-23 09:00:00 UTC, which most of these dates say.
constexpr std::chrono::sys_seconds morning = std::chrono::sys_days(2026y / 11 / 23) + 9h;

}  // namespace

TEST(Date, ZoneIsAppliedAndTheWeekdayIgnored) {
    EXPECT_EQ(mime::read_date("Mon, 23 Nov 2026 10:00:00 +0100"), morning);
    EXPECT_EQ(mime::read_date("Fri, 23 Nov 2026 03:30:00 -0530"), morning);
    EXPECT_EQ(mime::read_date("23 Nov 2026 09:00 GMT"), morning);
    EXPECT_EQ(mime::read_date("mar, 23 nov 2026 09:00 GMT"), morning) << "no March: a Tuesday";
}

TEST(Date, ObsoleteZonesAndYears) {
    EXPECT_EQ(mime::read_date("Mon, 23 Nov 26 04:00:00 EST"), morning);
    EXPECT_EQ(mime::read_date("23 Nov 26 09:00:00 Z"), morning);
    EXPECT_EQ(mime::read_date("23 Nov 126 01:00:00 pst"), morning);
    EXPECT_EQ(mime::read_date("23 Nov 0026 09:00:00 UTC"), morning);
    EXPECT_EQ(mime::read_date("1 Jan 70 00:00:00 UT"), std::chrono::sys_seconds{});
    EXPECT_EQ(mime::read_date("31 Dec 49 23:59:59 GMT"), std::chrono::sys_days(2050y / 1 / 1) - 1s);
    EXPECT_EQ(mime::read_date("1 Jan 50 00:00:00 GMT"), std::chrono::sys_days(1950y / 1 / 1));
}

TEST(Date, ZonesWithoutACertainMeaningAreUtc) {
    for (const char* zone : {"", "A", "M", "Y", "CET", "IST", "MART", "+0160", "+00100", "H0500"})
        EXPECT_EQ(mime::read_date("23 Nov 2026 09:00:00 " + std::string(zone)), morning) << zone;
}

TEST(Date, ZonesInManySpellings) {
    for (const char* zone :
         {"+0200",
          "+200",
          "+02:00",
          "+2",
          "GMT+0200",
          "GMT+02:00",
          "UTC+2",
          "EET +0200",
          "+0200 EST",
          "(EST) +0200",
          "+0200<br>"})
        EXPECT_EQ(mime::read_date("23 Nov 2026 11:00:00 " + std::string(zone)), morning) << zone;
    EXPECT_EQ(mime::read_date("23 Nov 2026 23:00:00 +1400"), morning);
    EXPECT_EQ(mime::read_date("27 Nov 2026 12:59:00 +9959"), morning) << "as far as §3.3 allows";
}

TEST(Date, CommentsAreNoPartOfIt) {
    EXPECT_EQ(mime::read_date("Mon (first day), 23 Nov 2026 10:00:00 +0100 (CET)"), morning);
    EXPECT_EQ(mime::read_date("Mon, 23 Nov 2026 10(h (\\) Dec 24)):00 : 00 +0100"), morning);
    EXPECT_EQ(mime::read_date("Mon, 23 Nov 2026 10:00:00 +0100 (not closed"), morning);
}

TEST(Date, DashesDotsAndMissingBlanks) {
    EXPECT_EQ(mime::read_date("Mon, 23-Nov-2026 09:00:00 +0000"), morning);
    EXPECT_EQ(mime::read_date("Mon,23Nov2026,09:00:00+0000"), morning);
    EXPECT_EQ(mime::read_date("23. Nov. 2026 09.00.00"), morning);
    EXPECT_EQ(mime::read_date("Mon, 23 Nov 2026 9.00"), morning);
    EXPECT_EQ(mime::read_date("Mon=2C 23 Nov 2026 09:00:00 +0000"), morning);
}

TEST(Date, AsCtimeAndJavaScriptWriteIt) {
    EXPECT_EQ(mime::read_date("Mon Nov 23 09:00:00 2026"), morning);
    EXPECT_EQ(mime::read_date("Mon Nov 23 04:00:00 EST 2026"), morning);
    EXPECT_EQ(mime::read_date("Mon Nov 23 10:00:00 2026 +0100"), morning);
    EXPECT_EQ(mime::read_date("Mon Nov 23 2026 10:00:00 GMT+0100 (CET)"), morning);
}

TEST(Date, Iso8601) {
    EXPECT_EQ(mime::read_date("2026-11-23T09:00:00Z"), morning);
    EXPECT_EQ(mime::read_date("2026-11-23T10:00:00.250+01:00"), morning);
    EXPECT_EQ(mime::read_date("2026-11-23 04:00:00-05:00"), morning);
    EXPECT_EQ(mime::read_date("2026/11/23 09:00"), morning);
}

TEST(Date, TwelveHours) {
    EXPECT_EQ(mime::read_date("November 23, 2026 9:00 AM"), morning);
    EXPECT_EQ(mime::read_date("Mon, Nov 23, 2026 at 9:00:00 am"), morning);
    EXPECT_EQ(mime::read_date("23 Nov 2026 9:00PM"), morning + 12h);
    EXPECT_EQ(mime::read_date("23 Nov 2026 12:00 PM"), morning + 3h);
    EXPECT_EQ(mime::read_date("23 Nov 2026 12:00 AM"), morning - 9h);
    EXPECT_EQ(mime::read_date("23 Nov 2026 21:00 PM"), morning + 12h);
}

TEST(Date, ALeapSecondIsTheNextMinute) {
    EXPECT_EQ(mime::read_date("23 Nov 2026 08:59:60 +0000"), morning);
}

TEST(Date, WithoutATimeADayBeginsAtMidnight) {
    EXPECT_EQ(mime::read_date("Mon, 23 Nov 2026"), morning - 9h);
    EXPECT_EQ(mime::read_date("Nov 23, 2026"), morning - 9h);
}

TEST(Date, TheYearMayStandBehindTheZone) {
    EXPECT_EQ(mime::read_date("Mon Nov 23 04:00:00 -0500 2026"), morning);
    EXPECT_EQ(mime::read_date("23 Nov 2026 09:00 +0000 1999"), morning);
}

TEST(Date, WhatIsNoDateIsNothing) {
    for (const char* text :
         {"",
          "yesterday",
          "Mon, 31 Feb 2026 10:00:00 +0000",
          "29 Feb 2025 10:00:00 +0000",
          "23 Nov 2026 25:00:00.12 +0000",
          "23 Nov 2026 24:00:00 +0000",
          "23 Nov 2026 10:60:00 +0000",
          "23 Nov 2026 10:00:61 +0000",
          "23 Nov 26",
          "Nov 23 26",
          "Nov 2026 10:00:00 +0000",
          "0 Nov 2026 10:00:00 +0000",
          "23 Foo 2026 10:00:00 +0000",
          "23.11.2026 10:00:00",
          "11/23/2026 10:00:00",
          "2026-23-11T10:00:00",
          "23 Nov 10000 10:00 +0000",
          "31 Dec 9999 23:00 -0200",
          "99999999999 Nov 2026 10:00 +0000",
          "23 Nov 99999999999 10:00 +0000",
          "(23 Nov 2026 10:00:00 +0000"})
        EXPECT_EQ(mime::read_date(text), std::nullopt) << text;
}
