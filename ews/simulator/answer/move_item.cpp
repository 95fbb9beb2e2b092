#include "ews/simulator/answer/move_item.hpp"

#include "ews/simulator/answer/transfer.hpp"

namespace ews::simulator {

void move_item(Call& call) {
    transfer_items(call, Transfer::move);
}

}  // namespace ews::simulator
