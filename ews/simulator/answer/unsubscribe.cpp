#include "ews/simulator/answer/unsubscribe.hpp"

namespace ews::simulator {

void unsubscribe(Call& call) {
    const auto id = child_text(call.request, "SubscriptionId");
    const auto removed =
        call.organization.subscriptions.remove(call.account.name, id, call.back_end);
    if (removed.has_error())
        add_error(call, removed.error());
    else
        add_success(call);
}

}  // namespace ews::simulator
