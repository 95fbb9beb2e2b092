// Answers CreateUserConfiguration; one of that name must not exist.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/createuserconfiguration-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void create_user_configuration(Call& call);

}  // namespace ews::simulator
