#include "agent/setback.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "agent/limits.hpp"

namespace {

using namespace std::chrono_literals;
using agent::errc;
using agent::Error;

Error error(errc code) {
    return {code, "why", {}};
}

/// "1:5s 2:30s …": the count after each of `failures`, and the wait it brings.
std::string course(errc code, int failures) {
    std::string text;
    int attempts = 0;
    for (int i = 0; i < failures; ++i) {
        attempts = agent::attempts_after(attempts, code);
        const auto wait = std::chrono::duration_cast<std::chrono::seconds>(
            agent::wait_after(attempts, error(code))
        );
        text += fmt::format("{}{}:{}s", i == 0 ? "" : " ", attempts, wait.count());
    }
    return text;
}

TEST(Setback, OfOneMailMakesItsWaitsLonger) {
    EXPECT_EQ(course(errc::transient, 6), "1:5s 2:30s 3:120s 4:3600s 5:3600s 6:3600s");
    EXPECT_EQ(course(errc::unmatched, 4), "1:5s 2:30s 3:120s 4:3600s");
}

// However long a server is away: mails are tried soon after it is back, and none is given up for
// it.
TEST(Setback, OfAllCountsForLittle) {
    for (const errc code : {errc::unreachable, errc::denied, errc::journal, errc::cancelled}) {
        EXPECT_EQ(course(code, 6), "1:5s 2:30s 3:120s 3:120s 3:120s 3:120s");
        EXPECT_EQ(agent::attempts_after(20, code), 20);
        EXPECT_EQ(agent::wait_after(20, error(code)), 120s);
        EXPECT_FALSE(agent::gives_up(1000, error(code)));
    }
}

TEST(Setback, WhatThePolicyDoesNotWantWaitsForAnotherPolicy) {
    EXPECT_EQ(agent::attempts_after(7, errc::parked), 7);
    EXPECT_GT(agent::wait_after(7, error(errc::parked)), agent::limits::longest_retry);
}

TEST(Setback, WaitsAsLongAsTheServerAsks) {
    EXPECT_EQ(agent::wait_after(1, {errc::transient, "busy", 300s}), 300s);
    EXPECT_EQ(agent::wait_after(1, {errc::transient, "busy", 1s}), 5s);
    EXPECT_EQ(agent::wait_after(3, {errc::unreachable, "busy", 900s}), 900s);
}

TEST(Setback, EndsAMailThatCannotSucceed) {
    EXPECT_TRUE(agent::gives_up(1, error(errc::permanent)));
    EXPECT_FALSE(agent::gives_up(agent::limits::attempts - 1, error(errc::transient)));
    EXPECT_TRUE(agent::gives_up(agent::limits::attempts, error(errc::transient)));
}

TEST(Setback, WaitingIsNoFault) {
    EXPECT_TRUE(agent::is_waiting(errc::parked));
    EXPECT_TRUE(agent::is_waiting(errc::unmatched));
    EXPECT_FALSE(agent::is_waiting(errc::transient));
    EXPECT_FALSE(agent::is_waiting(errc::unreachable));
}

}  // namespace
