// One connection: requests in, replies out, for plain and TLS streams alike. Used by server.cpp
// only.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <mutex>
#include <set>

#include "ews/simulator/organization.hpp"

namespace ews::simulator {

/// What all connections share. `waiting` is touched by the server's thread only.
struct Shared {
    Organization& organization;
    std::mutex& guard;
    std::chrono::milliseconds heartbeat;
    std::set<boost::asio::steady_timer*> waiting;  ///< of streams that have nothing to send
};

boost::asio::awaitable<void> serve_plain(boost::beast::tcp_stream stream, Shared& shared);
boost::asio::awaitable<void> serve_tls(
    boost::beast::ssl_stream<boost::beast::tcp_stream> stream, Shared& shared
);

}  // namespace ews::simulator
