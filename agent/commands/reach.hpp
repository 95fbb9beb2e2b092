// How a command acts in a mailbox: at the configured url, or at the one that Autodiscover finds
// now.
#pragma once

#include <boost/asio/io_context.hpp>
#include <string>

#include "agent/connection.hpp"

namespace agent {

/// Runs the context where something has to be found. `told_by`, if given, becomes the URL that told
/// where the mailbox is; it stays as it is with a configured url.
Result<ews::ClientOptions> reach(
    boost::asio::io_context& context,
    const ExchangeConfig& exchange,
    Connection& connection,
    const MailboxConfig& mailbox,
    std::string* told_by = nullptr
);

}  // namespace agent
