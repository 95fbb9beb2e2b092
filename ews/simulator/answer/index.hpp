// The list of operations: the one place besides its own files where an operation is named.
#pragma once

#include <string_view>

#include "ews/simulator/call.hpp"

namespace ews::simulator {

/// nullptr if the simulator does not know the operation.
Answer find_answer(std::string_view operation);
/// The element that a failed message of the operation must have all the same: "m:Items"; mostly "".
const char* payload_of_errors(std::string_view operation);

}  // namespace ews::simulator
