// Answers SendItem: a draft goes to the mailboxes of its recipients here.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/senditem-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void send_item(Call& call);

}  // namespace ews::simulator
