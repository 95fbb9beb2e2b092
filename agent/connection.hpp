// From a configured <exchange> to what talks to it: transport, login, and the gate that spares the
// server. Used by `run`, `check --connect` and whatever else acts in a mailbox.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "agent/config.hpp"
#include "agent/error.hpp"
#include "ews/autodiscover.hpp"
#include "ews/client.hpp"
#include "http/client.hpp"
#include "http/gate.hpp"

namespace agent {

/// Every secret that the connection is made with, by what it is for.
std::map<std::string, SecretSource> secrets_of(const ExchangeConfig& exchange);

/// Outlives its clients. The executor outlives it.
struct Connection {
    std::unique_ptr<http::Client>
        token_transport;  ///< to where tokens are asked for; none unless by OAuth
    std::unique_ptr<http::Client> transport;  ///< logs in by itself
    std::unique_ptr<http::Gate> gate;
    /// Of servers that Autodiscover has found, by url.
    std::map<std::string, std::unique_ptr<http::Gate>> found_gates = {};
    std::string account;  ///< who logs in, for texts

    /// We are stopping: nobody waits long for his turn any more.
    void shorten_waits(std::chrono::milliseconds patience) const;
};

/// Reads secrets, keys and certificates; sends nothing.
Result<Connection> open_connection(
    const boost::asio::any_io_executor& executor, const ExchangeConfig& exchange
);

/// How to act as that mailbox over the connection.
ews::ClientOptions client_options(
    const ExchangeConfig& exchange, const Connection& connection, const MailboxConfig& mailbox
);

/// The same at the server that Autodiscover has found; mailboxes of one url share a gate.
ews::ClientOptions client_options(
    const ExchangeConfig& exchange,
    Connection& connection,
    const MailboxConfig& mailbox,
    const ews::Discovered& found
);

}  // namespace agent
