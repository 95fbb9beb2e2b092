// Answers ConvertId; clients use it to probe the server version and to learn the mailbox of an id.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/convertid-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void convert_id(Call& call);

}  // namespace ews::simulator
