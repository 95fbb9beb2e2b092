// Answers SyncFolderHierarchy: what changed in the folder tree since a sync state.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/syncfolderhierarchy-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void sync_folder_hierarchy(Call& call);

}  // namespace ews::simulator
