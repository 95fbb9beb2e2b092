// Addresses and domains as the CRMs of this folder compare them. What is stored and what rules::Need
// asks for both pass through here, so the two sides are never normalised differently.
#pragma once

#include <string>
#include <string_view>

namespace crm {

/// Case-folded (Unicode), without surrounding white space and angle brackets.
std::string comparable_address(std::string_view address);

/// Case-folded, without a leading '@' or "www.", without a trailing dot.
std::string comparable_domain(std::string_view domain);

}  // namespace crm
