// Dates of header fields (RFC 5322 §3.3 with the obsolete forms of §4.3, and what programs write
// instead: ctime, ISO 8601, "Nov 23, 2026 9:05 PM"). Never "now": what cannot be read is nothing.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace mime {

/// UTC. A missing or unknown zone counts as UTC (§4.3: "-0000"), a missing time as midnight.
/// Nothing where a day or a month by its English name (or the order of ISO 8601) is missing, or
/// anything does not exist: 23/11/2026 and 11/23/2026 cannot be told apart for certain.
std::optional<std::chrono::sys_seconds> read_date(std::string_view field);

}  // namespace mime
