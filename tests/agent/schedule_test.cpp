#include "agent/schedule.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <map>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "agent/utc_text.hpp"

namespace {

using namespace std::chrono_literals;
using agent::Band;
using agent::Time;
using agent::Timetable;
using rules::Hours;
using rules::Schedule;
using Weekdays = std::set<int>;

const Weekdays every_day{1, 2, 3, 4, 5, 6, 7};
const auto zones = {
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Chatham",
    "UTC"};

/// "2026-10-26 07:00", UTC
Time at(const char* text) {
    int year = 0;
    unsigned month = 0, day = 0;
    int hour = 0, minute = 0;
    if (std::sscanf(text, "%d-%u-%u %d:%d", &year, &month, &day, &hour, &minute) != 5)
        throw std::invalid_argument(text);
    const std::chrono::year_month_day date{
        std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute);
}

std::string text(Time time) {
    EXPECT_EQ(time, std::chrono::floor<std::chrono::seconds>(time));
    return agent::utc_text(std::chrono::floor<std::chrono::seconds>(time));
}

Timetable timetable(const Schedule& schedule, const char* zone = "UTC") {
    return Timetable::make(schedule, zone).value();
}

Schedule with_peak(std::vector<Hours> peak) {
    Schedule schedule;
    schedule.peak = std::move(peak);
    return schedule;
}

Schedule with_blackout(std::vector<Hours> blackout) {
    Schedule schedule;
    schedule.blackout = std::move(blackout);
    return schedule;
}

/// When a band begins after `from` and before `to`, in UTC, one a line: "2026-10-23T06:00:00Z peak"
std::string changes(const Timetable& table, const char* from, const char* to) {
    std::string all;
    for (Time now = table.next_change(at(from)); now < at(to); now = table.next_change(now))
        all += fmt::format("{} {}\n", text(now), to_text(table.band(now)));
    return all;
}

std::string next_cycle(const Timetable& table, const char* last, const char* now) {
    return text(table.next_cycle(at(last), at(now)));
}

TEST(Timetable, IsPeakOnWorkingDaysWhereNothingElseIsSaid) {
    EXPECT_EQ(
        changes(timetable({}), "2026-11-20 00:00", "2026-11-24 00:00"),
        "2026-11-20T08:00:00Z peak\n"
        "2026-11-20T18:00:00Z off-peak\n"
        "2026-11-23T08:00:00Z peak\n"
        "2026-11-23T18:00:00Z off-peak\n"
    );
}

TEST(Timetable, TakesTheZoneOfTheScheduleForAUserOfWhomNoneIsKnown) {
    Schedule schedule;
    EXPECT_EQ(timetable(schedule, "").band(at("2026-11-23 08:00")), Band::peak);
    schedule.time_zone = "America/New_York";
    EXPECT_EQ(timetable(schedule, "").band(at("2026-11-23 08:00")), Band::off_peak);
    EXPECT_EQ(timetable(schedule, "").band(at("2026-11-23 13:00")), Band::peak);
    EXPECT_EQ(timetable(schedule, "UTC").band(at("2026-11-23 08:00")), Band::peak);
}

TEST(Timetable, NamesAZoneThatNobodyKnows) {
    for (const char* name :
         {"Europe/Berln",
          "europe/berlin",
          "GMT+5",
          "Etc/Unknown",
          "W. Europe Standard Time",
          "\xff"}) {
        const auto made = Timetable::make({}, name);
        ASSERT_TRUE(made.has_error()) << name;
        EXPECT_EQ(made.error().code, agent::errc::permanent);
        const std::string start = fmt::format("time zone \"{}\" is not known; ", name);
        EXPECT_TRUE(made.error().text.starts_with(start)) << made.error().text;
    }
}

TEST(Timetable, TellsWhichZoneWasMeantAsAPolicyDoes) {
    const auto why = [](const char* name) { return Timetable::make({}, name).error().text; };
    EXPECT_EQ(why("europe/berlin"), "time zone \"europe/berlin\" is not known; did you mean \"Europe/Berlin\"?");
    EXPECT_TRUE(Timetable::make({}, "EST").has_error()) << "no summer time: refused as in a policy";
}

// G2.3: in the week of 26 October only Berlin has put its clock back.
TEST(Timetable, BeginsPeakAtEveryUsersOwnEightWhenSummerTimeEnds) {
    const Schedule peaks = with_peak({{{1, 5}, 8h, 18h}});
    EXPECT_EQ(
        changes(timetable(peaks, "Europe/Berlin"), "2026-10-22 00:00", "2026-11-03 00:00"),
        "2026-10-23T06:00:00Z peak\n"
        "2026-10-23T16:00:00Z off-peak\n"
        "2026-10-26T07:00:00Z peak\n"
        "2026-10-26T17:00:00Z off-peak\n"
        "2026-10-30T07:00:00Z peak\n"
        "2026-10-30T17:00:00Z off-peak\n"
        "2026-11-02T07:00:00Z peak\n"
        "2026-11-02T17:00:00Z off-peak\n"
    );
    EXPECT_EQ(
        changes(timetable(peaks, "America/New_York"), "2026-10-22 00:00", "2026-11-03 00:00"),
        "2026-10-23T12:00:00Z peak\n"
        "2026-10-23T22:00:00Z off-peak\n"
        "2026-10-26T12:00:00Z peak\n"
        "2026-10-26T22:00:00Z off-peak\n"
        "2026-10-30T12:00:00Z peak\n"
        "2026-10-30T22:00:00Z off-peak\n"
        "2026-11-02T13:00:00Z peak\n"
        "2026-11-02T23:00:00Z off-peak\n"
    );
}

// G2.3: from 14 to 28 March only New York has put its clock forward.
TEST(Timetable, BeginsPeakAtEveryUsersOwnEightWhenSummerTimeBegins) {
    const Schedule mondays = with_peak({{{1}, 8h, 18h}});
    EXPECT_EQ(
        changes(timetable(mondays, "Europe/Berlin"), "2027-03-07 00:00", "2027-03-30 00:00"),
        "2027-03-08T07:00:00Z peak\n"
        "2027-03-08T17:00:00Z off-peak\n"
        "2027-03-15T07:00:00Z peak\n"
        "2027-03-15T17:00:00Z off-peak\n"
        "2027-03-22T07:00:00Z peak\n"
        "2027-03-22T17:00:00Z off-peak\n"
        "2027-03-29T06:00:00Z peak\n"
        "2027-03-29T16:00:00Z off-peak\n"
    );
    EXPECT_EQ(
        changes(timetable(mondays, "America/New_York"), "2027-03-07 00:00", "2027-03-30 00:00"),
        "2027-03-08T13:00:00Z peak\n"
        "2027-03-08T23:00:00Z off-peak\n"
        "2027-03-15T12:00:00Z peak\n"
        "2027-03-15T22:00:00Z off-peak\n"
        "2027-03-22T12:00:00Z peak\n"
        "2027-03-22T22:00:00Z off-peak\n"
        "2027-03-29T12:00:00Z peak\n"
        "2027-03-29T22:00:00Z off-peak\n"
    );
}

// G2.3
TEST(Timetable, KnowsZonesThatAreHalfAnHourApart) {
    EXPECT_EQ(
        changes(timetable({}, "Asia/Kolkata"), "2026-10-26 00:00", "2026-10-27 00:00"),
        "2026-10-26T02:30:00Z peak\n"
        "2026-10-26T12:30:00Z off-peak\n"
    );
    // The clock goes from 02:00 to 02:30 on 4 October: from +10:30 to +11.
    EXPECT_EQ(
        changes(timetable({}, "Australia/Lord_Howe"), "2026-10-01 12:00", "2026-10-05 12:00"),
        "2026-10-01T21:30:00Z peak\n"
        "2026-10-02T07:30:00Z off-peak\n"
        "2026-10-04T21:00:00Z peak\n"
        "2026-10-05T07:00:00Z off-peak\n"
    );
}

TEST(Timetable, AnHourThatDoesNotExistIsNotBlackedOutAndOneThatExistsTwiceIsTwice) {
    const auto berlin = timetable(with_blackout({{{7}, 2h, 3h}}), "Europe/Berlin");
    EXPECT_EQ(
        changes(berlin, "2027-03-19 18:00", "2027-03-22 00:00"),
        "2027-03-21T01:00:00Z blackout\n"
        "2027-03-21T02:00:00Z off-peak\n"
    );
    EXPECT_EQ(changes(berlin, "2027-03-26 18:00", "2027-03-29 00:00"), "");
    EXPECT_EQ(
        changes(berlin, "2026-10-23 18:00", "2026-10-26 00:00"),
        "2026-10-25T00:00:00Z blackout\n"
        "2026-10-25T02:00:00Z off-peak\n"
    );
}

TEST(Timetable, FollowsTheClockOnTheWallWhereItJumpsInsideABand) {
    // 01:30 to 02:30: when the clock goes from 03:00 back to 02:00, it shows the second half once
    // more.
    const auto berlin = timetable(with_blackout({{{7}, 90min, 150min}}), "Europe/Berlin");
    EXPECT_EQ(
        changes(berlin, "2026-10-23 18:00", "2026-10-26 00:00"),
        "2026-10-24T23:30:00Z blackout\n"
        "2026-10-25T00:30:00Z off-peak\n"
        "2026-10-25T01:00:00Z blackout\n"
        "2026-10-25T01:30:00Z off-peak\n"
    );
    // When it goes from 02:00 to 03:00, it never shows that half.
    EXPECT_EQ(
        changes(berlin, "2027-03-26 18:00", "2027-03-29 00:00"),
        "2027-03-28T00:30:00Z blackout\n"
        "2027-03-28T01:00:00Z off-peak\n"
    );
}

TEST(Timetable, FindsTheWeekAfterTheOneWhoseOnlyWindowTheClockSkipped) {
    EXPECT_EQ(
        text(timetable(with_peak({{{7}, 2h, 3h}}), "Europe/Berlin")
                 .next_change(at("2027-03-21 02:00"))),
        "2027-04-04T00:00:00Z"
    );
}

// G2.2
TEST(Timetable, BlackoutOverNightEndsOnTheNextDayAlsoOnMonday) {
    const auto table = timetable(with_blackout({{{5, 6, 7}, 22h, 6h}}));
    EXPECT_EQ(
        changes(table, "2026-11-20 12:00", "2026-11-23 12:00"),
        "2026-11-20T18:00:00Z off-peak\n"
        "2026-11-20T22:00:00Z blackout\n"
        "2026-11-21T06:00:00Z off-peak\n"
        "2026-11-21T22:00:00Z blackout\n"
        "2026-11-22T06:00:00Z off-peak\n"
        "2026-11-22T22:00:00Z blackout\n"
        "2026-11-23T06:00:00Z off-peak\n"
        "2026-11-23T08:00:00Z peak\n"
    );
}

// G2.2
TEST(Timetable, BlackoutWinsOverPeak) {
    EXPECT_EQ(
        changes(
            timetable(with_blackout({{{1}, 12h, 13h}, {{1}, 17h, 24h}, {{2}, 0h, 9h}})),
            "2026-11-23 00:00",
            "2026-11-24 12:00"
        ),
        "2026-11-23T08:00:00Z peak\n"
        "2026-11-23T12:00:00Z blackout\n"
        "2026-11-23T13:00:00Z peak\n"
        "2026-11-23T17:00:00Z blackout\n"
        "2026-11-24T09:00:00Z peak\n"
    );
}

// G2.2: a firm that works around the clock has none.
TEST(Timetable, HasNoBlackoutWhereNoneIsSet) {
    for (const char* zone : zones) {
        const Timetable table = timetable({}, zone);
        for (Time now = at("2026-10-01 00:00"); now < at("2027-04-15 00:00");
             now = table.next_change(now))
            EXPECT_NE(table.band(now), Band::blackout);
    }
}

TEST(Timetable, NeverChangesWhereOneBandLastsForEver) {
    Schedule schedule = with_peak({{every_day, 0h, 24h}});
    const Time now = at("2026-11-23 12:00");
    EXPECT_EQ(timetable(schedule).band(now), Band::peak);
    EXPECT_EQ(timetable(schedule).next_change(now), now + Timetable::never);
    EXPECT_EQ(timetable(schedule).next_cycle(now, now), now + 15min);
    schedule.blackout = {{every_day, 9h, 9h}};  // ends on the next day
    EXPECT_EQ(timetable(schedule).band(now), Band::blackout);
    EXPECT_EQ(timetable(schedule).next_change(now), now + Timetable::never);
    EXPECT_EQ(timetable(schedule).next_cycle(Time{}, now), now + Timetable::never);
}

// G2.1
TEST(NextCycle, ComesAfterTheIntervalOfItsBand) {
    const Timetable table = timetable({});
    EXPECT_EQ(next_cycle(table, "2026-11-23 10:00", "2026-11-23 10:00"), "2026-11-23T10:15:00Z");
    EXPECT_EQ(next_cycle(table, "2026-11-23 10:00", "2026-11-23 10:14"), "2026-11-23T10:15:00Z");
    EXPECT_EQ(next_cycle(table, "2026-11-22 10:00", "2026-11-22 10:30"), "2026-11-22T11:00:00Z");
}

// G2.1
TEST(NextCycle, ComesWithThePeakWhereThatMakesItDueEarlier) {
    const Timetable table = timetable({});
    EXPECT_EQ(next_cycle(table, "2026-11-23 07:30", "2026-11-23 07:40"), "2026-11-23T08:00:00Z");
    EXPECT_EQ(next_cycle(table, "2026-11-23 07:55", "2026-11-23 07:55"), "2026-11-23T08:10:00Z");
    EXPECT_EQ(next_cycle(table, "2026-11-23 06:50", "2026-11-23 06:50"), "2026-11-23T07:50:00Z");
}

// G2.1
TEST(NextCycle, IsThatOfTheBandItFallsInto) {
    const Timetable table = timetable({});
    EXPECT_EQ(next_cycle(table, "2026-11-23 17:44", "2026-11-23 17:44"), "2026-11-23T17:59:00Z");
    EXPECT_EQ(next_cycle(table, "2026-11-23 17:45", "2026-11-23 17:45"), "2026-11-23T18:45:00Z");
    EXPECT_EQ(next_cycle(table, "2026-11-23 17:45", "2026-11-23 18:01"), "2026-11-23T18:45:00Z");
}

// G2.2
TEST(NextCycle, WaitsForTheEndOfBlackout) {
    const Timetable table =
        timetable(with_blackout({{every_day, 22h, 6h}, {{1}, 12h, 12h + 5min}}));
    EXPECT_EQ(next_cycle(table, "2026-11-23 21:30", "2026-11-23 21:30"), "2026-11-24T06:00:00Z");
    EXPECT_EQ(next_cycle(table, "2026-11-23 21:00", "2026-11-23 21:00"), "2026-11-24T06:00:00Z");
    EXPECT_EQ(next_cycle(table, "2026-11-23 21:00", "2026-11-24 03:00"), "2026-11-24T06:00:00Z");
    EXPECT_EQ(next_cycle(table, "2026-11-23 11:50", "2026-11-23 11:50"), "2026-11-23T12:05:00Z");
    EXPECT_EQ(next_cycle(table, "2026-11-23 11:48", "2026-11-23 11:48"), "2026-11-23T12:05:00Z");
    EXPECT_EQ(next_cycle(table, "2026-11-23 11:55", "2026-11-23 11:55"), "2026-11-23T12:10:00Z");
}

TEST(NextCycle, IsNowWhereItIsOverdueOrWasNever) {
    const Timetable table = timetable(with_blackout({{every_day, 22h, 6h}}));
    EXPECT_EQ(next_cycle(table, "2026-11-20 10:00", "2026-11-23 10:07"), "2026-11-23T10:07:00Z");
    EXPECT_EQ(text(table.next_cycle({}, at("2026-11-23 10:07"))), "2026-11-23T10:07:00Z");
    EXPECT_EQ(text(table.next_cycle({}, at("2026-11-23 23:00"))), "2026-11-24T06:00:00Z");
}

TEST(NextCycle, DoesNotWaitForAClockThatWasPutBackToCatchUp) {
    const Timetable table = timetable({});
    EXPECT_EQ(next_cycle(table, "2027-11-23 10:00", "2026-11-23 10:07"), "2026-11-23T10:07:00Z");
    EXPECT_EQ(next_cycle(table, "2026-11-23 10:09", "2026-11-23 10:07"), "2026-11-23T10:07:00Z");
    // By a little, as clocks are set all the time: no second cycle at once.
    EXPECT_EQ(next_cycle(table, "2026-11-23 10:08", "2026-11-23 10:07"), "2026-11-23T10:23:00Z");
}

/// How many cycles begin in each band, on a clock that is set to the next one again and again.
/// Expects that none is in blackout, nor sooner than the interval of its band allows.
std::map<Band, int> cycles(const Timetable& table, Time from, Time to) {
    std::map<Band, int> count;
    Time last{};
    for (Time now = table.next_cycle(last, from); now < to; now = table.next_cycle(last, now)) {
        const Band band = table.band(now);
        EXPECT_NE(band, Band::blackout);
        EXPECT_GE(now - last, band == Band::peak ? 15min : 60min);
        ++count[band];
        last = now;
    }
    return count;
}

// G2.1, G2.2: 10 peaks of 40 cycles. Off-peak at 18:45, then hourly until 07:45: 14 in a night, 62
// over a weekend.
TEST(NextCycle, CountsWhatTwoWeeksShouldHave) {
    using Count = std::map<Band, int>;
    const Time from = at("2026-11-16 08:00"), to = at("2026-11-30 08:00");
    EXPECT_EQ(
        cycles(timetable({}), from, to),
        (Count{{Band::peak, 400}, {Band::off_peak, 8 * 14 + 2 * 62}})
    );
    // Without 22:00 to 06:00 there are 18:45 to 21:45 and 06:00 to 07:00, by day 06:00 to 21:00.
    EXPECT_EQ(
        cycles(timetable(with_blackout({{every_day, 22h, 6h}})), from, to),
        (Count{{Band::peak, 400}, {Band::off_peak, 10 * 4 + 10 * 2 + 4 * 16}})
    );
    // The two weeks in which Berlin's clock is put back have an hour more, and a cycle.
    EXPECT_EQ(
        cycles(timetable({}, "Europe/Berlin"), at("2026-10-19 06:00"), at("2026-11-02 07:00")),
        (Count{{Band::peak, 400}, {Band::off_peak, 8 * 14 + 2 * 62 + 1}})
    );
}

/// Minutes between the cycles of who looks at the clock about once a second, and how often; expects
/// each to begin within that second.
std::map<int, int> gaps(const Timetable& table, const char* from, const char* to) {
    std::map<int, int> count;
    Time last = at(from), due = table.next_cycle(last, last);
    for (Time now = last; now < at(to); now += 987ms) {
        if (table.next_cycle(last, now) > now) continue;
        EXPECT_LT(now - due, 1s);
        ++count[static_cast<int>(std::chrono::round<std::chrono::minutes>(now - last).count())];
        last = now;
        due = table.next_cycle(last, now);
    }
    return count;
}

// G2.1: Sunday, then Monday with the beginning and the end of the peak.
TEST(NextCycle, IsMetWithinASecondByWhoLooksEverySecond) {
    using Count = std::map<int, int>;
    const Timetable table = timetable({}, "Europe/Berlin");
    EXPECT_EQ(gaps(table, "2026-11-22 06:00", "2026-11-22 12:30"), (Count{{60, 6}}));
    EXPECT_EQ(
        gaps(table, "2026-11-23 05:20", "2026-11-23 08:10"), (Count{{60, 1}, {40, 1}, {15, 4}})
    );
    EXPECT_EQ(gaps(table, "2026-11-23 16:25", "2026-11-23 19:00"), (Count{{15, 2}, {60, 2}}));
}

struct Chance {
    std::mt19937 random{20261123};
    int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(random); }

    std::vector<Hours> windows() {
        std::vector<Hours> all;
        for (int count = below(4); count > 0; --count) {
            Hours hours;
            for (int day = 1; day <= 7; ++day)
                if (below(2) == 1) hours.days.insert(day);
            hours.from = std::chrono::minutes(below(2) == 1 ? 60 * below(24) : below(24 * 60));
            hours.to = std::chrono::minutes(below(2) == 1 ? 60 * below(25) : below(24 * 60 + 1));
            all.push_back(std::move(hours));
        }
        return all;
    }
    Schedule schedule() {
        Schedule schedule;
        schedule.peak_interval = std::chrono::minutes(1 + below(120));
        schedule.off_peak_interval = std::chrono::minutes(1 + below(240));
        schedule.peak = windows();
        schedule.blackout = windows();
        return schedule;
    }
    /// Within four days of a change of some clock.
    Time time() {
        const auto days = {
            "2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01"};
        const std::string day = *(days.begin() + below(static_cast<int>(days.size())));
        return at((day + " 00:00").c_str()) + std::chrono::milliseconds(below(8 * 86'400'000)) -
               96h;
    }
};

bool within(const std::vector<Hours>& windows, std::chrono::minutes into_week) {
    for (const Hours& hours : windows)
        for (const int day : hours.days) {
            const auto begin = std::chrono::days(day - 1) + hours.from;
            auto end = std::chrono::days(day - 1) + hours.to;
            if (end <= begin) end += 24h;
            for (const auto now : {into_week, into_week + std::chrono::weeks(1)})
                if (now >= begin && now < end) return true;
        }
    return false;
}

TEST(Timetable, OfAnySchedulePaintsTheWeekAsItsWindowsSay) {
    Chance chance;
    for (int round = 0; round < 300; ++round) {
        const Schedule schedule = chance.schedule();
        const Timetable table = timetable(schedule);
        for (int tries = 0; tries < 30; ++tries) {
            const std::chrono::minutes into_week(chance.below(7 * 24 * 60));
            const Band expected = within(schedule.blackout, into_week) ? Band::blackout
                                  : within(schedule.peak, into_week)   ? Band::peak
                                                                       : Band::off_peak;
            EXPECT_EQ(table.band(at("2026-11-23 00:00") + into_week), expected);
        }
    }
}

// Bands are looked at every quarter of an hour and around the change, in zones whose clocks jump.
TEST(Timetable, OfAnyScheduleKeepsItsBandUntilTheNextChange) {
    Chance chance;
    for (int round = 0; round < 300; ++round) {
        const Schedule schedule = chance.schedule();
        for (const char* zone : zones) {
            const Timetable table = timetable(schedule, zone);
            const Time now = chance.time(), change = table.next_change(now);
            const Band band = table.band(now);
            ASSERT_GT(change, now);
            for (Time between = now; between < change; between += 15min)
                ASSERT_EQ(table.band(between), band) << zone;
            EXPECT_EQ(table.band(change - 1ms), band) << zone;
            EXPECT_EQ(table.band(change) == band, change == now + Timetable::never) << zone;
        }
    }
}

// G2.2
TEST(NextCycle, OfAnyScheduleIsTheFirstMomentThatIsAllowed) {
    Chance chance;
    for (int round = 0; round < 300; ++round) {
        const Schedule schedule = chance.schedule();
        for (const char* zone : zones) {
            const Timetable table = timetable(schedule, zone);
            const Time now = chance.time();
            const Time last = now - std::chrono::milliseconds(chance.below(5 * 3'600'000));
            const Time next = table.next_cycle(last, now);
            const auto allowed = [&](Time time) {
                const Band band = table.band(time);
                const auto interval =
                    band == Band::peak ? schedule.peak_interval : schedule.off_peak_interval;
                return band != Band::blackout && time >= last + interval;
            };
            ASSERT_GE(next, now);
            EXPECT_EQ(allowed(next), next != now + Timetable::never) << zone;
            for (Time before = next - 1ms; before >= now; before -= 1min)
                ASSERT_FALSE(allowed(before)) << zone;
            if (!allowed(next)) continue;
            EXPECT_EQ(table.next_cycle(last, now + (next - now) / 2), next) << zone;
        }
    }
}

}  // namespace
