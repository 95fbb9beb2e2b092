// What tests/bench/parse_speed asks of vmime: what its own messageParser gives of a mail.
#pragma once

#include <string_view>

#include "gmime_reader.hpp"

namespace bench {

/// Once, before the first mail.
void start_vmime();

Yield read_with_vmime(std::string_view mail);

}  // namespace bench
