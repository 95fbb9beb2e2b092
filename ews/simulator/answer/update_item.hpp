// Answers UpdateItem: categories, read flag, importance, extended properties; detects conflicts.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/updateitem-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void update_item(Call& call);

}  // namespace ews::simulator
