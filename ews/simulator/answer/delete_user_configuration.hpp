// Answers DeleteUserConfiguration.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/deleteuserconfiguration-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void delete_user_configuration(Call& call);

}  // namespace ews::simulator
