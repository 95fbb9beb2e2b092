// Answers UpdateFolder: the display name and extended properties.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/updatefolder-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void update_folder(Call& call);

}  // namespace ews::simulator
