// Answers CopyItem; the copy gets an id of its own.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/copyitem-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void copy_item(Call& call);

}  // namespace ews::simulator
