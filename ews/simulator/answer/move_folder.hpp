// Answers MoveFolder; folder ids do not change.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/movefolder-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void move_folder(Call& call);

}  // namespace ews::simulator
