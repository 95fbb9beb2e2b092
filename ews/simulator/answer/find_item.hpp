// Answers FindItem: restriction, order and paging over one or more folders.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/finditem-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void find_item(Call& call);

}  // namespace ews::simulator
