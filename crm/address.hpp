// Domains and the names of e-mail fields as the CRMs of this folder read them. Addresses are
// compared as mime/domain says, on both sides: what is stored and what rules::Need asks for.
#pragma once

#include <string>
#include <string_view>

namespace crm {

/// Case-folded, without a leading '@' or "www.", without a trailing dot.
std::string comparable_domain(std::string_view domain);

/// Whether a field of that name holds an address: email, email2, email3 …
bool is_address_field(std::string_view name);

}  // namespace crm
