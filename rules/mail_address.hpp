// Mail addresses as people write them in a policy, to send to. Used by read_precautions and
// check_precautions.
#pragma once

#include <string>
#include <string_view>

namespace rules {

/// The local part as written, the domain as the DNS has it: "Admin@us.example".
std::string normal_address(std::string_view written);

/// Why `written` is no address that mail can be sent to, and what to write; "" if it is one. Quoted
/// local parts and those beyond ASCII are refused: not every server takes them.
std::string wrong_address(std::string_view written);

}  // namespace rules
