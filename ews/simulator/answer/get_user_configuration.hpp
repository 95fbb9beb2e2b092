// Answers GetUserConfiguration: the parts that are asked for.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/getuserconfiguration-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void get_user_configuration(Call& call);

}  // namespace ews::simulator
