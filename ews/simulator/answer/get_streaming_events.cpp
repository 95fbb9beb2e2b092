#include "ews/simulator/answer/get_streaming_events.hpp"

#include "ews/simulator/limits.hpp"

namespace ews::simulator {

void get_streaming_events(Call& call) {
    StreamPlan plan;
    for (const auto& id : elements(child(call.request, "SubscriptionIds")))
        plan.subscriptions.emplace_back(id.text().get());
    const auto minutes = parse_number(child_text(call.request, "ConnectionTimeout"));
    if (!minutes || *minutes < 1 || *minutes > limits::stream_minutes) {
        add_error(call, {"ErrorInvalidRequest", "ConnectionTimeout must be from 1 to 30."});
        return;
    }
    if (plan.subscriptions.empty() ||
        plan.subscriptions.size() > limits::subscriptions_per_stream) {
        add_error(call, {"ErrorInvalidRequest", "From 1 to 200 subscriptions fit in a stream."});
        return;
    }
    plan.timeout = std::chrono::minutes{*minutes};
    plan.refused = call.organization.subscriptions.unknown(
        call.account.name, plan.subscriptions, call.back_end
    );
    call.stream = std::move(plan);
}

}  // namespace ews::simulator
