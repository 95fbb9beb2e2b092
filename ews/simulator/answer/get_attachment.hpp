// Answers GetAttachment with the decoded bytes.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/getattachment-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void get_attachment(Call& call);

}  // namespace ews::simulator
