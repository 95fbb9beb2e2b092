#include "ews/simulator/stream_faults.hpp"

#include <algorithm>

#include "ews/simulator/stream_reply.hpp"

namespace ews::simulator {

namespace {

using Kind = Fault::Kind;

/// Of each folder the last event.
std::vector<Event> merged(const std::vector<Event>& events) {
    std::vector<Event> result;
    for (const auto& event : events) {
        std::erase_if(result, [&event](const Event& earlier) {
            return earlier.parent == event.parent;
        });
        result.push_back(event);
    }
    return result;
}

/// The first event once more, of an item that nobody has.
Event of_nothing(Event event) {
    event.kind = EventKind::created;
    event.is_folder = false;
    const auto padding = event.id.find_last_not_of('=') + 1;
    std::reverse(event.id.begin(), event.id.begin() + static_cast<std::ptrdiff_t>(padding));
    event.old_id.clear();
    event.unread.reset();
    return event;
}

std::string tell_together(
    const std::vector<EventBatch>& batches, const std::vector<std::string>& subscriptions
) {
    std::string text;
    for (const auto& [subscription, events] : batches)
        for (const auto& event : events) text += write_notifications({{subscription, {event}}});
    return text + write_heartbeat(subscriptions);
}

}  // namespace

bool is_hit(const std::optional<Fault>& fault, std::size_t told) {
    if (!fault || told < fault->events) return false;
    return fault->kind == Kind::stream_close || fault->kind == Kind::stream_silence ||
           fault->kind == Kind::stream_error;
}

std::vector<std::string> tell(
    const std::optional<Fault>& fault,
    std::vector<EventBatch> batches,
    const std::vector<std::string>& subscriptions
) {
    const auto is = [&fault](Kind kind) { return fault && fault->kind == kind; };
    if (is(Kind::together)) return {tell_together(batches, subscriptions)};
    for (auto& [subscription, events] : batches) {
        if (is(Kind::merge_events)) events = merged(events);
        if (is(Kind::vanished_events)) events.insert(events.begin(), of_nothing(events.front()));
    }
    auto text = write_notifications(batches);
    if (is(Kind::duplicate_events)) return {text, text};
    return {std::move(text)};
}

std::string say_opened(const StreamPlan& plan, bool is_grommunio) {
    const auto is = [&plan](Kind kind) { return plan.fault && plan.fault->kind == kind; };
    if (is(Kind::repeat_error)) {
        const Refusal refusal{plan.fault->code, "The subscription has a problem."};
        return write_stream_error(refusal, plan.subscriptions, "OK");
    }
    auto text = is_grommunio ? write_full_status({}, "OK") : write_connection_status("OK");
    if (is(Kind::together)) text += write_heartbeat(plan.subscriptions);
    return text;
}

std::string say_heartbeat(const StreamPlan& plan, bool is_grommunio) {
    const auto is_error = plan.fault && plan.fault->kind == Kind::repeat_error;
    return is_error ? say_opened(plan, is_grommunio) : write_heartbeat(plan.subscriptions);
}

std::vector<std::string> say_closed(const StreamPlan& plan, bool is_grommunio) {
    auto closed = write_connection_status("Closed");
    if (!is_grommunio) return {std::move(closed)};
    return {write_full_status(plan.subscriptions, "Closed"), std::move(closed)};
}

}  // namespace ews::simulator
