// Answers GetItem: each id succeeds or fails on its own.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/getitem-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void get_item(Call& call);

}  // namespace ews::simulator
