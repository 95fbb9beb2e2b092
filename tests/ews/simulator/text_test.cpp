#include "ews/simulator/text.hpp"

#include <gtest/gtest.h>

namespace {

using namespace ews::simulator;

TEST(SimulatorText, ReadsTheBase64ThatItWrites) {
    for (const auto* text : {"", "a", "ab", "abc", "abcd"})
        EXPECT_EQ(decode_base64(encode_base64(text)), text);
    EXPECT_EQ(decode_base64("YW\r\nJj ZA"), "abcd");
    EXPECT_EQ(decode_base64("YW*j"), std::nullopt);
}

TEST(SimulatorText, ReadsTimesOfEveryZone) {
    const auto same = [](std::string_view text) { return format_time(parse_time(text).value()); };
    EXPECT_EQ(same("2026-11-23T09:00:00Z"), "2026-11-23T09:00:00Z");
    EXPECT_EQ(same("2026-11-23T09:00:00.123456789Z"), "2026-11-23T09:00:00Z");
    EXPECT_EQ(same("2026-11-23T01:30:00+02:30"), "2026-11-22T23:00:00Z");
    EXPECT_EQ(same("2026-11-23T09:00:00-01:00"), "2026-11-23T10:00:00Z");
    EXPECT_EQ(same("2026-11-23T09:00:00"), "2026-11-23T09:00:00Z");
}

TEST(SimulatorText, RefusesWhatIsNoTime) {
    for (const auto* text :
         {"",
          "2026-11-23",
          "2026-13-23T09:00:00Z",
          "2026-11-23 09:00:00",
          "2026-11-23T09:00:00+2",
          "today"})
        EXPECT_FALSE(parse_time(text).has_value()) << text;
}

TEST(SimulatorText, DropsWhatXmlForbids) {
    EXPECT_EQ(
        printable(std::string_view("a\0\x01\x1f\tb\n\xEF\xBF\xBE\xEF\xBF\xBFü", 15)), "a\tb\nü"
    );
}

}  // namespace
