#include "agent/setback.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "agent/limits.hpp"

namespace {

using namespace std::chrono_literals;
using agent::errc;
using agent::Error;

Error error(errc code) {
    return {code, "why", {}};
}

/// "1:5s 2:30s …": the count after each of `failures`, and the wait it brings.
std::string course(errc code, int failures, const agent::RetryConfig& ladder = {}) {
    std::string text;
    int attempts = 0;
    for (int i = 0; i < failures; ++i) {
        attempts = agent::attempts_after(attempts, code);
        const auto wait = std::chrono::duration_cast<std::chrono::seconds>(
            agent::wait_after(ladder, attempts, error(code))
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
        EXPECT_EQ(agent::wait_after(agent::RetryConfig{}, 20, error(code)), 120s);
        EXPECT_FALSE(agent::gives_up(agent::RetryConfig{}, 1000, error(code)));
    }
}

TEST(Setback, WhatThePolicyDoesNotWantWaitsForAnotherPolicy) {
    EXPECT_EQ(agent::attempts_after(7, errc::parked), 7);
    EXPECT_GT(
        agent::wait_after(agent::RetryConfig{}, 7, error(errc::parked)),
        agent::limits::longest_retry
    );
}

TEST(Setback, WaitsAsLongAsTheServerAsks) {
    EXPECT_EQ(agent::wait_after(agent::RetryConfig{}, 1, {errc::transient, "busy", 300s}), 300s);
    EXPECT_EQ(agent::wait_after(agent::RetryConfig{}, 1, {errc::transient, "busy", 1s}), 5s);
    EXPECT_EQ(agent::wait_after(agent::RetryConfig{}, 3, {errc::unreachable, "busy", 900s}), 900s);
}

TEST(Setback, EndsAMailThatCannotSucceed) {
    EXPECT_TRUE(agent::gives_up(agent::RetryConfig{}, 1, error(errc::permanent)));
    EXPECT_FALSE(
        agent::gives_up(agent::RetryConfig{}, agent::limits::attempts - 1, error(errc::transient))
    );
    EXPECT_TRUE(
        agent::gives_up(agent::RetryConfig{}, agent::limits::attempts, error(errc::transient))
    );
}

// G6.6: 3 quick tries, then >=60 min, stop at 50; all numbers configurable.
TEST(Setback, TriesQuicklyThenHourlyAndStopsAtLast) {
    const agent::RetryConfig ladder;
    EXPECT_EQ(ladder.quick, (std::vector<std::chrono::seconds>{5s, 30s, 120s}));
    EXPECT_EQ(ladder.then, 60min);
    EXPECT_EQ(ladder.stop_after, 50);
    for (int attempts = 4; attempts < 50; ++attempts) {
        EXPECT_EQ(agent::wait_after(ladder, attempts, error(errc::transient)), 60min);
        EXPECT_FALSE(agent::gives_up(ladder, attempts, error(errc::transient)));
    }
    EXPECT_TRUE(agent::gives_up(ladder, 50, error(errc::transient)));
}

TEST(Setback, EveryNumberIsTheAdmins) {
    const agent::RetryConfig ladder{{1s, 2s}, 7200s, 4};
    EXPECT_EQ(course(errc::transient, 5, ladder), "1:1s 2:2s 3:7200s 4:7200s 5:7200s");
    EXPECT_FALSE(agent::gives_up(ladder, 3, error(errc::transient)));
    EXPECT_TRUE(agent::gives_up(ladder, 4, error(errc::transient)));
    EXPECT_TRUE(agent::gives_up(ladder, 4, error(errc::unmatched)));
    const agent::RetryConfig at_once{{}, 3600s, 1};
    EXPECT_EQ(course(errc::transient, 2, at_once), "1:3600s 2:3600s") << "no quick tries";
    EXPECT_TRUE(agent::gives_up(at_once, 1, error(errc::transient)));
}

TEST(Setback, AnOutageWaitsNoLongerThanItServesWhateverTheLadder) {
    const agent::RetryConfig slow{{600s}, 7200s, 2};
    EXPECT_EQ(course(errc::unreachable, 4, slow), "1:120s 2:120s 3:120s 3:120s");
    EXPECT_FALSE(agent::gives_up(slow, 3, error(errc::unreachable)));
    const agent::RetryConfig fast{{1s, 1s, 1s, 1s}, 10s, 2};
    EXPECT_EQ(course(errc::unreachable, 4, fast), "1:1s 2:1s 3:1s 3:1s");
}

// The window of the brake comes as what the server asks for.
TEST(Setback, WhatIsBrakedNeitherCountsNorIsGivenUp) {
    EXPECT_EQ(agent::attempts_after(0, errc::braked), 0);
    EXPECT_EQ(agent::attempts_after(49, errc::braked), 49);
    EXPECT_FALSE(agent::gives_up(agent::RetryConfig{}, 1000, error(errc::braked)));
    EXPECT_EQ(agent::wait_after(agent::RetryConfig{}, 0, {errc::braked, "a loop", 60min}), 60min);
    EXPECT_FALSE(agent::concerns_all(errc::braked)) << "the others of the mailbox go on";
}

TEST(Setback, WaitingIsNoFault) {
    EXPECT_TRUE(agent::is_waiting(errc::parked));
    EXPECT_TRUE(agent::is_waiting(errc::unmatched));
    EXPECT_TRUE(agent::is_waiting(errc::braked));
    EXPECT_FALSE(agent::is_waiting(errc::transient));
    EXPECT_FALSE(agent::is_waiting(errc::unreachable));
}

}  // namespace
