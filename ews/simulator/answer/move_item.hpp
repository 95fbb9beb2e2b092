// Answers MoveItem; the item gets a new id.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/moveitem-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void move_item(Call& call);

}  // namespace ews::simulator
