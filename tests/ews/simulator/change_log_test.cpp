#include "ews/simulator/change_log.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace ews::simulator;

std::string words(const SyncPage& page) {
    std::string result;
    for (const auto& change : page.changes) {
        constexpr char letters[]{'c', 'u', 'r', 'd'};
        if (!result.empty()) result += ' ';
        result += letters[static_cast<int>(change.kind)] + std::to_string(change.serial);
    }
    return result + (page.last ? "" : " …");
}

TEST(SimulatorSync, GivesTheNewestFirstAndOneChangePerItem) {
    ChangeLog log;
    log.record(ChangeKind::created, 1);
    log.record(ChangeKind::created, 2);
    log.record(ChangeKind::updated, 1);
    EXPECT_EQ(words(*log.page("inbox", "", 10)), "c1 c2");
}

TEST(SimulatorSync, SaysNothingOfItemsThatCameAndWentUnseen) {
    ChangeLog log;
    log.record(ChangeKind::created, 1);
    log.record(ChangeKind::deleted, 1);
    EXPECT_EQ(words(*log.page("inbox", "", 10)), "");
}

TEST(SimulatorSync, TellsOnlyWhatHappenedAfterTheState) {
    ChangeLog log;
    for (const auto item : {1U, 2U, 3U, 4U}) log.record(ChangeKind::created, item);
    const auto state = log.page("inbox", "", 10)->state;
    EXPECT_EQ(words(*log.page("inbox", state, 10)), "");
    log.record(ChangeKind::updated, 1);
    log.record(ChangeKind::read_flag, 1);
    log.record(ChangeKind::read_flag, 2);
    log.record(ChangeKind::deleted, 3);
    log.record(ChangeKind::created, 5);
    EXPECT_EQ(words(*log.page("inbox", state, 10)), "c5 d3 r2 u1");
}

TEST(SimulatorSync, PagesStayConsistentWhileChangesGoOn) {
    ChangeLog log;
    for (const auto item : {1U, 2U, 3U}) log.record(ChangeKind::created, item);
    const auto first = *log.page("inbox", "", 2);
    EXPECT_EQ(words(first), "c3 c2 …");
    log.record(ChangeKind::updated, 3);  // was told already
    log.record(ChangeKind::created, 4);
    const auto second = *log.page("inbox", first.state, 2);
    EXPECT_EQ(words(second), "c1");
    EXPECT_EQ(words(*log.page("inbox", second.state, 2)), "c4 u3");
}

TEST(SimulatorSync, RefusesStatesThatItNeverGave) {
    ChangeLog log;
    log.record(ChangeKind::created, 1);
    const auto state = log.page("inbox", "", 10)->state;
    EXPECT_EQ(log.page("drafts", state, 10).error().code, "ErrorInvalidSyncStateData");
    EXPECT_EQ(log.page("inbox", "rubbish", 10).error().code, "ErrorInvalidSyncStateData");
    EXPECT_EQ(ChangeLog{}.page("inbox", state, 10).error().code, "ErrorInvalidSyncStateData");
}

}  // namespace
