// Answers Subscribe; streaming subscriptions only.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/subscribe-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void subscribe(Call& call);

}  // namespace ews::simulator
