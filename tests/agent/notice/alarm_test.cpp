#include "agent/notice/alarm.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace {

using agent::AlarmState;
using agent::AlarmStep;
using agent::Tell;

/// What is told for one number of errors after the other: "a" alarm, "r" recovery, "." nothing.
std::string told(int threshold, const std::vector<int>& errors) {
    AlarmState state = AlarmState::calm;
    std::string text;
    for (const int count : errors) {
        const AlarmStep step = agent::next_step(state, threshold, count);
        text += step.tell == Tell::alarm ? 'a' : step.tell == Tell::recovery ? 'r' : '.';
        state = step.next;
    }
    return text;
}

TEST(Alarm, TheFifthErrorIsToldTheSixthIsNotRecoveryIs) {
    EXPECT_EQ(told(5, {1, 2, 3, 4, 5, 6, 3, 1, 0}), "....a...r");
}

TEST(Alarm, FallingToFourAndRisingToFiveAgainTellsNothing) {
    EXPECT_EQ(told(5, {5, 4, 5, 4, 5}), "a....");
}

TEST(Alarm, ErrorsThatStayBelowTheThresholdAreNoRecoveryEither) {
    EXPECT_EQ(told(5, {4, 0, 4, 0}), "....");
}

TEST(Alarm, ManyAtOnceAreOneAlarm) {
    EXPECT_EQ(told(5, {40, 0, 40}), "ara");
}

TEST(Alarm, AThresholdThatIsRaisedMeanwhileTakesNoAlarmBack) {
    EXPECT_EQ(
        agent::next_step(AlarmState::alarmed, 50, 6),
        (AlarmStep{AlarmState::alarmed, Tell::nothing})
    );
    EXPECT_EQ(
        agent::next_step(AlarmState::alarmed, 50, 0), (AlarmStep{AlarmState::calm, Tell::recovery})
    );
}

TEST(Alarm, NoThresholdIsReachedByNoError) {
    EXPECT_EQ(told(0, {0, 0, 1, 0}), "..ar");
}

TEST(Alarm, WhateverComesAlarmsAndRecoveriesTakeTurns) {
    std::mt19937 random(1);
    for (int run = 0; run < 500; ++run) {
        const int threshold = std::uniform_int_distribution(1, 8)(random);
        std::vector<int> errors(100);
        for (int& count : errors) count = std::uniform_int_distribution(0, 10)(random);
        const std::string text = told(threshold, errors);
        bool alarmed = false;
        for (std::size_t i = 0; i < errors.size(); ++i) {
            const bool begins = !alarmed && errors[i] >= threshold;
            const bool ends = alarmed && errors[i] == 0;
            EXPECT_EQ(text[i], begins ? 'a' : ends ? 'r' : '.') << text << " at " << i;
            alarmed = (alarmed || begins) && !ends;
        }
    }
}

}  // namespace
