#include "ews/simulator/fault_plan.hpp"

namespace ews::simulator {

namespace {

using Kind = Fault::Kind;

bool concerns(const PlannedFault& planned, Stage stage, std::string_view operation) {
    return stage_of(planned.fault.kind) == stage &&
           (planned.operation == "*" || planned.operation == operation);
}

bool concerns(const Fault& fault, const ItemAsked& item) {
    if (fault.count != 0) return fault.count == item.position;
    return fault.text.empty() || fault.text == item.subject;
}

bool is_over(const Occasion& when, std::size_t seen) {
    if (when.every != 0 || when.one_in != 0 || when.times == Occasion::for_ever) return false;
    return seen + 1 >= when.first + when.times;
}

}  // namespace

Stage stage_of(Kind kind) {
    switch (kind) {
        case Kind::forget_subscriptions:
        case Kind::forget_sync_states:
            return Stage::server;
        case Kind::item_error:
            return Stage::item;
        case Kind::mime_error:
        case Kind::mime_empty:
        case Kind::mime_missing:
            return Stage::mime;
        case Kind::touched:
            return Stage::update;
        case Kind::vanished:
            return Stage::listing;
        case Kind::illegal_characters:
        case Kind::illegal_bytes:
            return Stage::text;
        default:
            break;
    }
    if (kind < Kind::forget_subscriptions) return Stage::answer;
    return kind < Kind::stream_close ? Stage::wire : Stage::stream;
}

void FaultPlan::add(PlannedFault planned) {
    lines_.push_back({std::move(planned)});
}

bool FaultPlan::is_scheduled(const Line& line) {
    const auto& when = line.planned.when;
    if (when.every != 0) return line.seen % when.every == 0;
    if (when.one_in != 0) return random_() % when.one_in == 0;
    return line.seen >= when.first &&
           (when.times == Occasion::for_ever || line.seen - when.first < when.times);
}

template <class Matches>
std::optional<Fault> FaultPlan::take_if(const Matches& matches) {
    std::optional<Fault> taken;
    for (auto line = lines_.begin(); line != lines_.end();) {
        if (!matches(line->planned)) {
            ++line;
            continue;
        }
        ++line->seen;
        if (is_scheduled(*line)) ++line->owed;
        if (!taken && line->owed > 0) {
            taken = line->planned.fault;
            --line->owed;
        }
        const auto finished = line->owed == 0 && is_over(line->planned.when, line->seen);
        line = finished ? lines_.erase(line) : std::next(line);
    }
    return taken;
}

std::optional<Fault> FaultPlan::take(Stage stage, std::string_view operation) {
    return take_if([&](const PlannedFault& planned) { return concerns(planned, stage, operation); }
    );
}

std::optional<Fault> FaultPlan::take(
    Stage stage, std::string_view operation, const ItemAsked& item
) {
    return take_if([&](const PlannedFault& planned) {
        return concerns(planned, stage, operation) && concerns(planned.fault, item);
    });
}

}  // namespace ews::simulator
