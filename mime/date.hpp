// Dates of header fields (RFC 5322 §3.3 with the obsolete forms of §4.3). Never "now": what cannot
// be read is nothing.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace mime {

/// UTC. A missing or unknown zone counts as UTC (§4.3: "-0000").
std::optional<std::chrono::sys_seconds> read_date(std::string_view field);

}  // namespace mime
