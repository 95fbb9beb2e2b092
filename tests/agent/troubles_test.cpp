#include "agent/troubles.hpp"

#include <gtest/gtest.h>

#include "tests/agent/run.hpp"

namespace {

using namespace std::chrono_literals;
using agent::errc;

const agent::Error away{errc::unreachable, "no connection", {}};
const agent::Error refused{errc::denied, "wrong password", {}};
const agent::Error full{errc::journal, "the disk is full", {}};

class TroublesTest : public testing::Test {
protected:
    agent_test::LogCapture log_;
    std::chrono::milliseconds waits_[2] = {1s, 10s};
    agent::Troubles troubles_{"anna@us.example", waits_};
};

TEST_F(TroublesTest, TheSameErrorIsToldOnceWhereverItIsMetAndItsEndOnce) {
    for (int i = 0; i < 3; ++i) {
        for (const char* what : {"", "folder", "work"}) troubles_.met(what, away);
    }
    EXPECT_EQ(troubles_.lasting()->error, away);
    for (const char* what : {"", "folder"}) troubles_.over(what);
    EXPECT_TRUE(troubles_.lasting());
    troubles_.over("work");
    EXPECT_FALSE(troubles_.lasting());
    troubles_.over("work");
    const auto log = log_.text();
    EXPECT_EQ(agent_test::count(log, "error unreachable mailbox=anna@us.example why=\"no connection\""), 1) << log;
    EXPECT_EQ(agent_test::count(log, "info recovered mailbox=anna@us.example"), 1) << log;
}

TEST_F(TroublesTest, AnotherErrorInTheSamePlaceIsNews) {
    troubles_.met("work", away);
    troubles_.met("work", refused);
    troubles_.met("work", full);
    const auto log = log_.text();
    EXPECT_EQ(agent_test::count(log, "error unreachable"), 2) << log;
    EXPECT_EQ(agent_test::count(log, "error journal mailbox=anna@us.example why=\"the disk is full\""), 1) << log;
}

TEST_F(TroublesTest, TwoErrorsThatTakeTurnsAreEachToldOnce) {
    for (int i = 0; i < 3; ++i) {
        troubles_.met("", refused);
        troubles_.met("work", full);
    }
    const auto log = log_.text();
    EXPECT_EQ(agent_test::count(log, " error "), 2) << log;
}

TEST_F(TroublesTest, WaitsGrowInEachPlaceAlone) {
    EXPECT_LT(troubles_.met("work", away), 2s);
    EXPECT_GT(troubles_.met("work", away), 5s);
    EXPECT_LT(troubles_.met("folder", away), 2s);
}

TEST_F(TroublesTest, WhatIsForgottenIsNeitherOverNorOld) {
    troubles_.met("work", away);
    troubles_.forget();
    EXPECT_FALSE(troubles_.lasting());
    troubles_.over("work");
    troubles_.met("work", away);
    const auto log = log_.text();
    EXPECT_EQ(agent_test::count(log, "error unreachable"), 2) << log;
    EXPECT_EQ(agent_test::count(log, "recovered"), 0) << log;
}

}  // namespace
