// Answers DeleteFolder; distinguished folders are refused.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/deletefolder-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void delete_folder(Call& call);

}  // namespace ews::simulator
