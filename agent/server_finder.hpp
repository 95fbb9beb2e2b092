// Where the EWS of a mailbox is, if the configuration has no url: asked of Autodiscover, for one
// mailbox of a domain first and for a few at once then, so that a wrong password or a domain that
// does not answer is met once and not by each mailbox. Used by agent/located_service and by the
// commands that reach a mailbox.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "agent/config.hpp"
#include "agent/connection.hpp"
#include "agent/error.hpp"
#include "ews/autodiscover.hpp"
#include "ews/srv_resolver.hpp"
#include "http/gate.hpp"

namespace agent {

/// Of one exchange. All on one thread; exchange and connection outlive it, and the io_context
/// outlives it.
class ServerFinder {
public:
    /// @param dns  to be asked for SRV records, outlives the finder; none: the DNS is not asked
    ServerFinder(
        const ExchangeConfig& exchange, const Connection& connection, ews::SrvResolver* dns
    );

    /// The error says what was tried, and what an admin can do.
    boost::asio::awaitable<Result<ews::Discovered>> find(std::string address);
    /// While the process wants to end, nobody waits for his turn.
    void stop() { gate_.shorten_waits(std::chrono::milliseconds(0)); }

private:
    struct Failure {
        std::chrono::steady_clock::time_point until;
        Error error;
    };

    boost::asio::awaitable<ews::Result<ews::Discovered>> ask(std::string address);
    std::optional<Error> known_failure(const std::string& domain) const;

    const ExchangeConfig& exchange_;
    const Connection& connection_;
    ews::SrvResolver* dns_;
    http::Gate gate_;
    /// Domains for which Autodiscover answers: has answered one that was asked for alone, and
    /// refused nobody since.
    std::set<std::string> good_;
    std::map<std::string, Failure> failures_;
};

}  // namespace agent
