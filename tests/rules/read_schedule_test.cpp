#include "rules/read_schedule.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using std::chrono::hours;
using std::chrono::minutes;

rules::Schedule read(const std::string& xml) {
    pugi::xml_document document;
    EXPECT_TRUE(document.load_string(xml.c_str())) << xml;
    return rules::read_schedule(document.document_element());
}

std::optional<rules::Hours> part(const std::string& xml) {
    pugi::xml_document document;
    EXPECT_TRUE(document.load_string(xml.c_str())) << xml;
    return rules::read_hours(document.document_element());
}

TEST(ReadSchedule, WithoutOneEachQuarterOfAnHourByDayAndEachHourByNight) {
    const auto schedule = rules::read_schedule({});
    EXPECT_EQ(schedule, rules::Schedule{});
    EXPECT_EQ(schedule.peak_interval, minutes(15));
    EXPECT_EQ(schedule.off_peak_interval, hours(1));
    EXPECT_EQ(schedule.items_per_cycle, 500);
    EXPECT_EQ(schedule.time_zone, "") << "that is UTC";
    EXPECT_EQ(schedule.peak, (std::vector<rules::Hours>{{{1, 2, 3, 4, 5}, hours(8), hours(18)}}));
    EXPECT_TRUE(schedule.blackout.empty());
    EXPECT_EQ(read("<schedule/>"), schedule);
}

TEST(ReadSchedule, EachAttributeSetsItsOwnOption) {
    EXPECT_EQ(read("<schedule peak-minutes='5'/>").peak_interval, minutes(5));
    EXPECT_EQ(read("<schedule off-peak-minutes=' 1440 '/>").off_peak_interval, hours(24));
    EXPECT_EQ(read("<schedule items-per-cycle='007'/>").items_per_cycle, 7);
    EXPECT_EQ(read("<schedule time-zone=' Europe/Berlin '/>").time_zone, "Europe/Berlin");
}

TEST(ReadSchedule, WhatIsPeakIsWrittenInsteadOfTheDefault) {
    const auto schedule = read(
        "<schedule><blackout days='sun'/><peak days='mon' from='06:30' to='22:00'/>"
        "<peak days='sat'/></schedule>"
    );
    EXPECT_EQ(
        schedule.peak,
        (std::vector<rules::Hours>{
            {{1}, minutes(6 * 60 + 30), hours(22)}, {{6}, hours(8), hours(18)}})
    );
    EXPECT_EQ(schedule.blackout, (std::vector<rules::Hours>{{{7}, hours(0), hours(24)}}));
}

TEST(ReadSchedule, ABlackoutIsEveryDayAndAllDayUnlessItSaysLess) {
    EXPECT_EQ(part("<blackout/>"), (rules::Hours{{1, 2, 3, 4, 5, 6, 7}, hours(0), hours(24)}));
    EXPECT_EQ(
        part("<blackout from='22:00' to='06:00'/>"),
        (rules::Hours{{1, 2, 3, 4, 5, 6, 7}, hours(22), hours(6)})
    ) << "to the next morning";
}

TEST(ReadSchedule, DaysStandInAnyOrderAndSpacing) {
    EXPECT_EQ(part("<peak days='  sun\n wed  wed '/>")->days, (std::set<int>{3, 7}));
}

TEST(ReadSchedule, WhatTheSchemaRefusesIsNoPartOfTheWeek) {
    for (const auto* xml :
         {"<peak days='monday'/>",
          "<peak days=''/>",
          "<peak days='mon,tue'/>",
          "<peak from='25:00'/>",
          "<peak from='8:00'/>",
          "<peak from='08.00'/>",
          "<peak to='24:01'/>",
          "<peak to='12:60'/>",
          "<peak to='ab:cd'/>",
          "<peak to=''/>"})
        EXPECT_FALSE(part(xml)) << xml;
}

}  // namespace
