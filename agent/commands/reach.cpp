#include "agent/commands/reach.hpp"

#include "agent/commands/run_to_end.hpp"
#include "agent/server_finder.hpp"

namespace agent {

Result<ews::ClientOptions> reach(
    boost::asio::io_context& context,
    const ExchangeConfig& exchange,
    Connection& connection,
    const MailboxConfig& mailbox,
    std::string* told_by
) {
    if (!exchange.url.empty()) return client_options(exchange, connection, mailbox);
    ews::SrvResolver dns;
    ServerFinder finder(exchange, connection, &dns);
    const Result<ews::Discovered> found =
        run_to_end(context, finder.find(mailbox.addresses.front()));
    if (!found) return found.error();
    if (told_by != nullptr) *told_by = found->told_by;
    return client_options(exchange, connection, mailbox, *found);
}

}  // namespace agent
