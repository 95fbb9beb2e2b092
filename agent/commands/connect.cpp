#include "agent/commands/connect.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <system_error>

#include "agent/commands/run_to_end.hpp"
#include "agent/connection.hpp"
#include "crm/embedded/embedded.hpp"
#include "ews/operations/get_folder.hpp"

namespace agent {

namespace {

/// Reads the mailbox's top folder, as the agent would.
boost::asio::awaitable<Result<void>> look(ews::Client& client) {
    ews::GetFolder request{{ews::DistinguishedFolder::msgfolderroot}};
    auto reply = co_await client.call(std::move(request));
    if (!reply) co_return from(reply.error());
    if (reply->empty()) co_return Error{errc::transient, "the server answered nothing", {}};
    if (!reply->front()) co_return from(reply->front().error());
    co_return Result<void>{};
}

bool check_mailbox(
    const ExchangeConfig& exchange, const Connection& connection, const MailboxConfig& mailbox,
    boost::asio::io_context& context
) {
    ews::Client client(*connection.transport, client_options(exchange, connection, mailbox));
    const Result<void> looked = run_to_end(context, look(client));
    fmt::print(
        "mailbox {}: {}\n",
        mailbox.addresses.front(),
        looked ? fmt::format("reachable at {} as {}", exchange.url, exchange.user)
               : looked.error().text
    );
    return looked.has_value();
}

bool check_policy(const Config& config, const PolicyConfig& policy) {
    boost::asio::io_context context;
    const ExchangeConfig& exchange = config.exchange(policy.exchange);
    const Result<Connection> connection = open_connection(context.get_executor(), exchange);
    if (!connection) {
        fmt::print("exchange {}: {}\n", exchange.name, connection.error().text);
        return false;
    }
    bool good = true;
    for (const MailboxConfig& mailbox : policy.mailboxes) {
        good = check_mailbox(exchange, *connection, mailbox, context) && good;
    }
    return good;
}

bool check_journal(const Config& config) {
    const std::filesystem::path folder = std::filesystem::path(config.journal).parent_path();
    std::error_code ec;
    if (config.journal == ":memory:" || std::filesystem::is_directory(folder, ec)) return true;
    fmt::print("journal {}: its folder is not there, or may not be entered; make it\n", config.journal);
    return false;
}

}  // namespace

int check_connections(const Config& config) {
    bool good = check_journal(config);
    for (const CrmConfig& crm : config.crms) {
        const auto opened = crm::embedded::open_embedded(crm.url, crm::embedded::Opening::read);
        fmt::print(
            "crm {}: {}\n", crm.name, opened ? "reachable at " + crm.url : opened.error().text
        );
        good = good && opened;
    }
    for (const PolicyConfig& policy : config.policies) good = check_policy(config, policy) && good;
    if (config.notices && !config.notices->exchange.empty()) {
        PolicyConfig sender;
        sender.exchange = config.notices->exchange;
        sender.mailboxes.push_back({{config.notices->mailbox}});
        good = check_policy(config, sender) && good;
    }
    return good ? 0 : 3;
}

}  // namespace agent
