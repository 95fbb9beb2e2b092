// One connection: requests in, replies out. Used by server.cpp only.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <mutex>
#include <set>

#include "ews/simulator/budget.hpp"
#include "ews/simulator/login.hpp"
#include "ews/simulator/organization.hpp"
#include "ews/simulator/wire.hpp"

namespace ews::simulator {

/// What all connections share. `waiting` and `ledger` are touched by the server's thread only.
struct Shared {
    Organization& organization;
    std::mutex& guard;
    std::chrono::milliseconds heartbeat;
    std::chrono::milliseconds latency;
    Ledger ledger;
    Doorkeeper door;
    std::set<boost::asio::steady_timer*> waiting = {};  ///< of streams that have nothing to send
};

boost::asio::awaitable<void> serve(Wire wire, Shared& shared);

}  // namespace ews::simulator
