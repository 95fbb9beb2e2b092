#include "agent/commands/connect.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>

#include "agent/commands/reach.hpp"
#include "agent/commands/run_to_end.hpp"
#include "agent/connection.hpp"
#include "agent/ews_mailbox.hpp"
#include "agent/journal_file.hpp"
#include "agent/mailbox_rights.hpp"
#include "crm/embedded/embedded.hpp"
#include "ews/operations/get_folder.hpp"

namespace agent {

namespace {

using Place = NeededRights::Place;

/// The folders in which the agent has to do something, with what it may do there. Writes nothing.
boost::asio::awaitable<Result<std::vector<NeededRights>>> look(
    ews::Client& client, EwsMailbox& mailbox, const rules::Policy& policy
) {
    ews::GetFolder request{
        {ews::DistinguishedFolder::msgfolderroot, ews::DistinguishedFolder::inbox, ews::DistinguishedFolder::sentitems}
    };
    request.shape.fields.push_back(ews::FieldUri{"folder:EffectiveRights"});
    std::vector<NeededRights> needed{
        {"the mailbox", Place::top, {}}, {"Inbox", Place::home, {}}, {"Sent Items", Place::home, {}}
    };
    Result<Folders> watched = co_await mailbox.find_folders(policy);
    if (!watched) co_return watched.error();
    for (const WatchedFolder& folder : watched->watched) {
        if (rules::is_automatic(folder.role)) continue;
        request.folders.emplace_back(ews::FolderId{folder.id, ""});
        needed.push_back({"\"" + folder.name + "\"", Place::watched, {}});
    }
    auto reply = co_await client.call(std::move(request));
    if (!reply) co_return from(reply.error());
    if (reply->size() != needed.size()) {
        co_return Error{errc::transient, "the server has not answered all that it was asked", {}};
    }
    for (std::size_t i = 0; i < needed.size(); ++i) {
        const ews::Result<ews::Folder>& folder = reply->at(i);
        if (!folder) co_return from(folder.error());
        needed[i].rights = folder->rights;
    }
    co_return needed;
}

/// "reachable at URL as ACCOUNT", and what it may not do there.
std::string told(const std::string& reached, const std::vector<std::string>& missing) {
    if (missing.empty()) return reached;
    return fmt::format(
        "{}, but may not: {}. Give the account full access to the mailbox, or the role ApplicationImpersonation "
        "with impersonate=\"true\"",
        reached,
        fmt::join(missing, "; ")
    );
}

bool check_mailbox(
    const ExchangeConfig& exchange, Connection& connection, const MailboxConfig& mailbox, const rules::Policy& policy,
    boost::asio::io_context& context
) {
    const std::string name = mailbox.addresses.front();
    std::string told_by;
    const Result<ews::ClientOptions> options = reach(context, exchange, connection, mailbox, &told_by);
    if (!options) {
        fmt::print("mailbox {}: {}\n", name, options.error().text);
        return false;
    }
    ews::Client client(*connection.transport, *options);
    EwsMailbox folders(*connection.transport, *options);
    const Result<std::vector<NeededRights>> looked = run_to_end(context, look(client, folders, policy));
    if (!looked) {
        fmt::print("mailbox {}: {}\n", name, looked.error().text);
        return false;
    }
    const std::vector<std::string> missing = missing_rights(*looked);
    std::string reached = fmt::format("reachable at {} as {}", options->url, connection.account);
    if (!told_by.empty()) reached += fmt::format(" (the address was told by {})", told_by);
    fmt::print("mailbox {}: {}\n", name, told(reached, missing));
    return missing.empty();
}

bool check_policy(const Config& config, const PolicyConfig& policy) {
    boost::asio::io_context context;
    const ExchangeConfig& exchange = config.exchange(policy.exchange);
    Result<Connection> connection = open_connection(context.get_executor(), exchange);
    if (!connection) {
        fmt::print("exchange {}: {}\n", exchange.name, connection.error().text);
        return false;
    }
    bool good = true;
    for (const MailboxConfig& mailbox : policy.mailboxes) {
        good = check_mailbox(exchange, *connection, mailbox, policy.policy, context) && good;
    }
    return good;
}

bool is_journal_good(const Config& config) {
    const Result<void> checked = check_journal(config.journal);
    if (!checked) fmt::print("{}\n", checked.error().text);
    return checked.has_value();
}

}  // namespace

int check_connections(const Config& config) {
    bool good = is_journal_good(config);
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
