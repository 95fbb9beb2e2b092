#include "agent/utc_text.hpp"

#include <gtest/gtest.h>

namespace {

std::string told(std::int64_t seconds) {
    return agent::utc_text(std::chrono::sys_seconds(std::chrono::seconds(seconds)));
}

TEST(UtcText, EveryFieldHasItsWidth) {
    EXPECT_EQ(told(0), "1970-01-01T00:00:00Z");
    EXPECT_EQ(told(1'795'424'400), "2026-11-23T09:00:00Z");
    EXPECT_EQ(told(951'827'696), "2000-02-29T12:34:56Z");
}

TEST(UtcText, TimesBeforeTheEpochAreTimesToo) {
    EXPECT_EQ(told(-1), "1969-12-31T23:59:59Z");
    EXPECT_EQ(told(-62'135'596'800), "0001-01-01T00:00:00Z");
}

}  // namespace
