// What a stream says, under a planned fault or none, as Exchange or as grommunio. Pure;
// stream_session knows when.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ews/simulator/call.hpp"

namespace ews::simulator {

/// Whether the fault strikes a stream that has told so many events.
bool is_hit(const std::optional<Fault>& fault, std::size_t told);

/// The events that wait as texts, one or more envelopes each, which are sent one by one.
std::vector<std::string> tell(
    const std::optional<Fault>& fault,
    std::vector<EventBatch> batches,
    const std::vector<std::string>& subscriptions
);

/// The first envelope of a stream, the one of a quiet time, and the last ones.
std::string say_opened(const StreamPlan& plan, bool is_grommunio);
std::string say_heartbeat(const StreamPlan& plan, bool is_grommunio);
std::vector<std::string> say_closed(const StreamPlan& plan, bool is_grommunio);

}  // namespace ews::simulator
