// Answers ResolveNames from the addresses and X.500 names of the mailboxes here.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/resolvenames-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void resolve_names(Call& call);

}  // namespace ews::simulator
