// Answers CreateItem: a mail from MIME or from properties, saved, sent, or both.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/createitem-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void create_item(Call& call);

}  // namespace ews::simulator
