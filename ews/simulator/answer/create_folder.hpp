// Answers CreateFolder; a name that is taken is ErrorFolderExists.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/createfolder-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void create_folder(Call& call);

}  // namespace ews::simulator
