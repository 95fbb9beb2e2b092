// The envelopes of GetStreamingEvents as text. On the wire they stand one after the other,
// unprefixed and without an XML declaration; clients look for the literal "<Envelope".
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/getstreamingevents-operation
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ews/simulator/refusal.hpp"
#include "ews/simulator/subscriptions.hpp"

namespace ews::simulator {

/// `status` is "OK" or "Closed".
std::string write_connection_status(std::string_view status);
std::string write_notifications(const std::vector<EventBatch>& batches);
/// A StatusEvent for each subscription.
std::string write_heartbeat(const std::vector<std::string>& subscriptions);
/// As grommunio says it: notifications, bad subscriptions and status in one envelope, though two of
/// them are empty.
std::string write_full_status(
    const std::vector<std::string>& heartbeat_of, std::string_view status
);
/// Names the bad subscriptions; the connection is closed with it, unless `status` says OK.
std::string write_stream_error(
    const Refusal& refusal,
    const std::vector<std::string>& subscriptions,
    std::string_view status = "Closed"
);

}  // namespace ews::simulator
