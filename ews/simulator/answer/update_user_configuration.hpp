// Answers UpdateUserConfiguration: the parts that are given replace the old ones.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/updateuserconfiguration-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void update_user_configuration(Call& call);

}  // namespace ews::simulator
