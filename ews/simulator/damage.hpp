// What planned faults do to a text that is ready to be sent: characters that XML forbids, a byte
// order mark, and where it is cut. Pure; for answers and for the envelopes of streams.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ews/simulator/fault.hpp"

namespace ews::simulator {

/// The text with what the fault puts into it; unchanged for faults of other kinds.
std::string spoil(const std::optional<Fault>& fault, std::string xml);

/// Where the text is to be interrupted, ascending; empty: it is sent in one go.
std::vector<std::size_t> cuts(const std::optional<Fault>& fault, std::string_view text);

}  // namespace ews::simulator
