// Answers FindFolder: children or descendants, in pages, with a restriction.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/findfolder-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void find_folder(Call& call);

}  // namespace ews::simulator
