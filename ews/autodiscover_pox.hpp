// The older dialect of Autodiscover, "plain old XML" (autodiscover.xml), the only one of grommunio
// and some gateways: request and answer as text, nothing else. [MS-OXDSCLI]
#pragma once

#include <string>
#include <string_view>

#include "ews/autodiscover_answer.hpp"

namespace ews {

std::string write_pox_autodiscover(std::string_view address);

/// The error that the server names, or what is wrong with the bytes.
Result<AutodiscoverAnswer> read_pox_autodiscover(std::string bytes);

/// ServerVersion of this dialect ("7380859F") as others write it: "14.0.1439"; "" if it is none.
std::string read_pox_version(std::string_view hex);

}  // namespace ews
