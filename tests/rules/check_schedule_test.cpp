#include "rules/check_schedule.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

/// "column: text" of each problem.
std::string check(const std::string& xml) {
    pugi::xml_document document;
    EXPECT_TRUE(document.load_buffer(xml.data(), xml.size())) << xml;
    rules::PlacedProblems problems(xml);
    rules::check_schedule(document.document_element(), problems);
    std::string told;
    for (const auto& problem : problems.sorted())
        told += std::to_string(problem.column) + ": " + problem.text + "\n";
    return told;
}

const std::string too_much =
    "the blackout fills the whole week, so nothing would ever run; leave some hours out, or write "
    "enabled=\"false\" in <policy>\n";

TEST(CheckSchedule, NothingIsWrongWithWhatIsNotWritten) {
    EXPECT_EQ(check("<schedule/>"), "");
    EXPECT_EQ(check("<schedule time-zone='UTC'><peak/></schedule>"), "");
}

TEST(CheckSchedule, AZoneIsOneThatThereIs) {
    EXPECT_EQ(check("<schedule time-zone=' Asia/Kolkata '/>"), "");
    EXPECT_EQ(
        check("<schedule time-zone='Berlin'/>"),
        "11: time-zone \"Berlin\" is unknown; did you mean \"Europe/Berlin\"?\n"
    );
    EXPECT_EQ(
        check("<schedule time-zone='GMT+1'/>"),
        "11: time-zone \"GMT+1\" is unknown; write the name of a zone, as \"Europe/Berlin\" or "
        "\"UTC\"\n"
    );
}

TEST(CheckSchedule, ABlackoutLeavesSomeTimeOut) {
    EXPECT_EQ(check("<schedule><blackout from='00:01'/></schedule>"), "");
    EXPECT_EQ(check("<schedule><blackout days='sat sun'/></schedule>"), "");
    EXPECT_EQ(check("<schedule><peak/><blackout/></schedule>"), "18: " + too_much);
    EXPECT_EQ(
        check("<schedule><blackout to='12:00'/><blackout from='12:00'/></schedule>"),
        "11: " + too_much
    );
}

TEST(CheckSchedule, APeakOfTheWholeWeekIsNoBlackout) {
    EXPECT_EQ(
        check("<schedule><peak days='mon tue wed thu fri sat sun' from='00:00' "
              "to='24:00'/></schedule>"),
        ""
    );
}

TEST(CheckSchedule, WhereTheSchemaRefusesAnHourNothingIsSaidOfTheWeek) {
    EXPECT_EQ(check("<schedule><blackout/><blackout from='25:00'/></schedule>"), "");
}

}  // namespace
