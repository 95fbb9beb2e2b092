// Answers Unsubscribe.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/unsubscribe-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void unsubscribe(Call& call);

}  // namespace ews::simulator
