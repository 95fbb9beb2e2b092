// The reply to GetStreamingEvents on a connection: what is sent when, until it is closed. Apart
// from the transport, so that plain and TLS connections share it; it hands each envelope to `send`.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>

#include "ews/simulator/call.hpp"
#include "ews/simulator/session.hpp"

namespace ews::simulator {

/// False ends the stream: the client is gone.
using SendEnvelope = std::function<boost::asio::awaitable<bool>(std::string)>;

boost::asio::awaitable<void> stream_events(
    Shared& shared, const StreamPlan& plan, const SendEnvelope& send
);

}  // namespace ews::simulator
