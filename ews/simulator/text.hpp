// Small conversions between values and the text of the protocol: base64, times, letter case, and
// the characters that XML 1.0 forbids. Used by everything in the simulator.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ews::simulator {

using Time = std::chrono::sys_seconds;

std::string encode_base64(std::string_view bytes);
/// White space is skipped and missing padding allowed; nothing if another character occurs.
std::optional<std::string> decode_base64(std::string_view text);

/// "2026-11-23T09:00:00Z"
std::string format_time(Time time);
/// Reads xs:dateTime; fractions are dropped, an absent zone is UTC.
std::optional<Time> parse_time(std::string_view text);
Time now();

std::optional<std::int64_t> parse_number(std::string_view text);
/// "true" and "1", "false" and "0" (xs:boolean).
std::optional<bool> parse_bool(std::string_view text);
const char* bool_text(bool value);

/// ASCII only.
std::string lower(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);

/// Drops what must not stand in XML 1.0: C0 controls but tab, LF, CR; U+FFFE and U+FFFF.
std::string printable(std::string_view text);

/// A GUID made from `seed`; the same one every time.
std::string guid_of(std::string_view seed);

}  // namespace ews::simulator
