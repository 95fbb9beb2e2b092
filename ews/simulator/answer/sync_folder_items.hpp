// Answers SyncFolderItems: what changed in a folder since a sync state, in pages.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/syncfolderitems-operation
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

void sync_folder_items(Call& call);

}  // namespace ews::simulator
