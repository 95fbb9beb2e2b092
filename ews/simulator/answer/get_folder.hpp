// Answers GetFolder: each id succeeds or fails on its own.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/getfolder-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void get_folder(Call& call);

}  // namespace ews::simulator
