// XML text -> Policy. An invalid file gives every problem at once, each with line, column and
// remedy; nothing of it takes effect.
#pragma once

#include <string_view>

#include "rules/error.hpp"
#include "rules/policy.hpp"

namespace rules {

/// Reads and checks a policy file: well-formed, valid by rules/schema/policy.xsd, consistent in
/// meaning.
Checked<Policy> read_policy(std::string_view xml);

}  // namespace rules
