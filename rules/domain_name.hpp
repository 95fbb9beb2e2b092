// Domains as people write them in a policy -> the form that is compared. Used by read_policy and
// check_policy.
#pragma once

#include <string>
#include <string_view>

namespace rules {

/// "@Acme.Example." -> "acme.example".
std::string normal_domain(std::string_view written);

/// Why `written` is no domain and what to write; "" if it is one.
std::string wrong_domain(std::string_view written);

}  // namespace rules
