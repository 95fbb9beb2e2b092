#include "http/retry.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using namespace std::chrono_literals;
using http::retry_after;
using std::chrono::milliseconds;

/// Sun, 06 Nov 1994 08:49:37 GMT
constexpr auto example = std::chrono::sys_days(std::chrono::year(1994) / 11 / 6) + 8h + 49min + 37s;

TEST(BackOff, GrowsToAMinuteAndStaysThere) {
    std::vector<milliseconds> delays;
    http::BackOff back_off;
    delays.reserve(7);
    for (int i = 0; i < 7; ++i) delays.push_back(back_off.next(0.5));
    EXPECT_EQ(delays, (std::vector<milliseconds>{1s, 2s, 5s, 15s, 60s, 60s, 60s}));
}

TEST(BackOff, StartsAgainAfterASuccess) {
    http::BackOff back_off;
    back_off.next(0.5);
    back_off.next(0.5);
    back_off.reset();
    EXPECT_EQ(back_off.next(0.5), 1s);
}

TEST(BackOff, IsSpreadByAFifth) {
    constexpr milliseconds steps[] = {15s};
    EXPECT_EQ(http::BackOff(steps).next(0.0), 12s);
    EXPECT_EQ(http::BackOff(steps).next(0.25), 13'500ms);
    EXPECT_LE(http::BackOff(steps).next(0.999), 18s);
}

TEST(BackOff, SlowsDownAtOnceWhereTryingOftenDoesHarm) {
    http::BackOff back_off;
    back_off.slow_down();
    EXPECT_EQ(back_off.next(0.5), 60s);
    EXPECT_EQ(back_off.next(0.5), 60s);
}

TEST(BackOff, NeverComesBackBeforeTheServerAllows) {
    http::BackOff back_off;
    EXPECT_EQ(back_off.next(0.0, 300s), 300s);
    EXPECT_EQ(back_off.next(0.5, 300s), 330s);
    EXPECT_EQ(back_off.next(0.5, 0s), 5s);
}

TEST(RetryAfter, IsSecondsOrADateInThreeForms) {
    const struct {
        const char* value;
        std::optional<milliseconds> wait;
    } table[] = {
        {"0", 0s},
        {"120", 120s},
        {" 7 ", 7s},
        {"3601", 1h},
        {"99999999999999999999999", 1h},
        {"Sun, 06 Nov 1994 08:50:07 GMT", 30s},
        {"Sunday, 06-Nov-94 08:50:07 GMT", 30s},
        {"Sun Nov  6 08:50:07 1994", 30s},
        {"Sun, 06 Nov 1994 08:00:00 GMT", 0s},
        {"Mon, 07 Nov 1994 08:49:37 GMT", 1h},
        {"", std::nullopt},
        {"soon", std::nullopt},
        {"-5", std::nullopt},
        {"1.5", std::nullopt},
        {"5 s", std::nullopt},
        {"Sun, 31 Feb 1994 08:50:07 GMT", std::nullopt},
        {"Sun, 06 Nov 1994 08:50:07 GMT and more", std::nullopt},
    };
    for (const auto& [value, wait] : table) EXPECT_EQ(retry_after(value, example), wait) << value;
}

TEST(RetryAfter, PartsOfSecondsAreRoundedUpToMilliseconds) {
    EXPECT_EQ(retry_after("Sun, 06 Nov 1994 08:49:38 GMT", example + 500us), 1s);
}

}  // namespace
