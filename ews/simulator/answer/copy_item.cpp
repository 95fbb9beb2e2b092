#include "ews/simulator/answer/copy_item.hpp"

#include "ews/simulator/answer/transfer.hpp"

namespace ews::simulator {

void copy_item(Call& call) {
    transfer_items(call, Transfer::copy);
}

}  // namespace ews::simulator
