// Answers DeleteItem: for good, to the dumpster, or to Deleted Items.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/deleteitem-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void delete_item(Call& call);

}  // namespace ews::simulator
