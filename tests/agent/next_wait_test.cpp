#include "agent/next_wait.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using agent::errc;

TEST(NextWait, GrowsWithEveryFailure) {
    http::BackOff back_off;
    const agent::Error error{errc::unreachable, "no connection", {}};
    EXPECT_LE(agent::next_wait(back_off, error), 1200ms);
    const auto second = next_wait(back_off, error);
    EXPECT_GE(second, 1600ms);
    EXPECT_LE(second, 2400ms);
}

TEST(NextWait, IsTheLongestAtOnceWhereAnAdminMustAct) {
    http::BackOff back_off;
    EXPECT_GE(agent::next_wait(back_off, {errc::denied, "wrong password", {}}), 48s);
}

TEST(NextWait, IsNotLessThanTheServerAsksFor) {
    http::BackOff back_off;
    EXPECT_GE(agent::next_wait(back_off, {errc::unreachable, "busy", 300s}), 300s);
}

}  // namespace
