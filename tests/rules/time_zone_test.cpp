#include "rules/time_zone.hpp"

#include <gtest/gtest.h>

namespace {

TEST(TimeZone, NamesAreThoseOfIana) {
    for (const auto* name :
         {"Europe/Berlin",
          "America/New_York",
          "Asia/Kolkata",
          "Asia/Calcutta",
          "UTC",
          "Etc/UTC",
          "CET"})
        EXPECT_TRUE(rules::is_time_zone(name)) << name;
    for (const auto* name :
         {"", "Europe", "europe/berlin", "Berlin", "GMT+1", "UTC+01:00", "Etc/Unknown", " UTC"})
        EXPECT_FALSE(rules::is_time_zone(name)) << name;
}

TEST(TimeZone, AbbreviationsAreNone) {
    for (const auto* name : {"EST", "PST", "IST", "BST", "AST"})
        EXPECT_FALSE(rules::is_time_zone(name)) << name;
}

TEST(TimeZone, TheOneThatWasMeantIsFoundByCityByWindowsAndByLetters) {
    EXPECT_EQ(rules::nearest_time_zone("berlin"), "Europe/Berlin");
    EXPECT_EQ(rules::nearest_time_zone("New York"), "America/New_York");
    EXPECT_EQ(rules::nearest_time_zone("W. Europe Standard Time"), "Europe/Berlin");
    EXPECT_EQ(rules::nearest_time_zone("Eastern Standard Time"), "America/New_York");
    EXPECT_EQ(rules::nearest_time_zone("europe/berlin"), "Europe/Berlin");
    EXPECT_EQ(rules::nearest_time_zone("Europe/Belin"), "Europe/Berlin");
    EXPECT_EQ(rules::nearest_time_zone("Europe/Berlin "), "Europe/Berlin");
}

TEST(TimeZone, WhereNoneIsNearNothingIsSaid) {
    for (const auto* written :
         {"", "EST", "CEST", "GMT+1", "UTC+01:00", "somewhere over the rainbow", "x"})
        EXPECT_EQ(rules::nearest_time_zone(written), "") << written;
    EXPECT_EQ(rules::nearest_time_zone(std::string(100'000, 'a')), "");
}

}  // namespace
