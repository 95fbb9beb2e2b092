// Bytes to the client as a planned fault wants them sent: late, in pieces, cut short. Used by
// session.cpp.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <optional>
#include <string>

#include "ews/simulator/fault.hpp"
#include "ews/simulator/wire.hpp"

namespace ews::simulator {

/// How a connection stands after something was sent.
enum class Then {
    go_on,    ///< it waits for the next request
    goodbye,  ///< it is closed in good order
    hang_up   ///< it is closed as it is: the client is gone, or shall believe that we are
};

boost::asio::awaitable<void> pause(std::chrono::milliseconds duration);
/// Sends nothing, until the client has gone.
boost::asio::awaitable<void> wait_until_gone(Wire& wire);
/// A whole answer: Then::hang_up also where the fault has cut it.
boost::asio::awaitable<Then> deliver_bytes(
    Wire& wire, std::string bytes, const std::optional<Fault>& fault
);
/// An envelope of a stream as one or more chunks; false: the client is gone.
boost::asio::awaitable<bool> deliver_chunks(
    Wire& wire, std::string envelope, const std::optional<Fault>& fault
);

}  // namespace ews::simulator
