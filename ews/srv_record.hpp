// Where a domain says that a service lives (RFC 2782), read from the bytes of a DNS answer. Pure
// and bounded, because such bytes come from anywhere; ews/srv_resolver asks for them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "ews/error.hpp"

namespace ews {

struct SrvRecord {
    std::uint16_t priority = 0, weight = 0, port = 0;
    std::string target;  ///< host name in lower case, without the dot at its end
    bool operator==(const SrvRecord&) const = default;
};

/// In the order in which they are to be tried: lower priority first, then larger weight (no lots
/// are drawn). Without those whose target is no host name, or "." for "not offered here".
/// errc::protocol for bytes that are no whole answer.
Result<std::vector<SrvRecord>> read_srv_answer(std::span<const std::uint8_t> bytes);

}  // namespace ews
