// From a configured <exchange> to what talks to it: transport and login. Used by `run` and `check --connect`.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>

#include "agent/config.hpp"
#include "agent/error.hpp"
#include "ews/client.hpp"
#include "http/client.hpp"

namespace agent {

struct Connection {
    std::unique_ptr<http::Client> transport;
    std::string authorization;  ///< a secret
};

/// Reads the password and the CA file; sends nothing.
Result<Connection> open_connection(
    const boost::asio::any_io_executor& executor, const ExchangeConfig& exchange
);

/// How to act as that mailbox over the connection.
ews::ClientOptions client_options(
    const ExchangeConfig& exchange, const Connection& connection, const MailboxConfig& mailbox
);

}  // namespace agent
