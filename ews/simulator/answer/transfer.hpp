// What MoveItem and CopyItem have in common: the target, one result per item, the new ids.
#pragma once

#include "ews/simulator/call.hpp"

namespace ews::simulator {

enum class Transfer { move, copy };

void transfer_items(Call& call, Transfer how);

}  // namespace ews::simulator
