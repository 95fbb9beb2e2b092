// Answers GetAttachment with the decoded bytes; an attached mail as its MIME, where that is asked
// for, or as its properties.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/getattachment-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void get_attachment(Call& call);

}  // namespace ews::simulator
