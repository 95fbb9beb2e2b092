// Domains as the CRMs of this folder compare them. Addresses are compared as mime/domain says, on both sides: what
// is stored and what rules::Need asks for.
#pragma once

#include <string>
#include <string_view>

namespace crm {

/// Case-folded, without a leading '@' or "www.", without a trailing dot.
std::string comparable_domain(std::string_view domain);

}  // namespace crm
