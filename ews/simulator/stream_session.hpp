// The reply to GetStreamingEvents on a connection: what is sent when, until it is closed. Apart
// from the transport; it hands each text to `send`.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>

#include "ews/simulator/call.hpp"
#include "ews/simulator/session.hpp"

namespace ews::simulator {

/// One or more envelopes, and how many events were told before. False ends the stream: the client
/// is gone.
using SendEnvelope = std::function<boost::asio::awaitable<bool>(std::string, std::size_t)>;

enum class StreamEnd {
    closed,  ///< all was said
    gone,    ///< the client is
    silent   ///< a fault wants that nothing more is sent
};

boost::asio::awaitable<StreamEnd> stream_events(
    Shared& shared, const StreamPlan& plan, const SendEnvelope& send
);

}  // namespace ews::simulator
