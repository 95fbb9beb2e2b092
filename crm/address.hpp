// Addresses and domains as a CRM compares them. A folder of its own kind of normal form: the keys
// of rules::Need pass through it too, so the two sides of a comparison can never be normalised
// differently.
#pragma once

#include <string>
#include <string_view>

namespace crm {

/// Case-folded (Unicode), without surrounding white space and angle brackets.
std::string comparable_address(std::string_view address);

/// Case-folded, without a leading '@' or "www.", without a trailing dot.
std::string comparable_domain(std::string_view domain);

}  // namespace crm
