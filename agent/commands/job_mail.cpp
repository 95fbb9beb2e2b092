#include "agent/commands/job_mail.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <utility>

#include "agent/commands/reach.hpp"
#include "agent/commands/run_to_end.hpp"
#include "agent/connection.hpp"
#include "agent/ews_mailbox.hpp"
#include "crm/embedded/browse.hpp"
#include "crm/embedded/embedded.hpp"
#include "crm/embedded/schema.hpp"

namespace agent {

namespace {

struct Owner {
    const PolicyConfig* policy = nullptr;
    const MailboxConfig* mailbox = nullptr;
};

Owner owner_of(const Config& config, const std::string& address) {
    for (const PolicyConfig& policy : config.policies) {
        for (const MailboxConfig& mailbox : policy.mailboxes) {
            if (mailbox.addresses.front() == address) return {&policy, &mailbox};
        }
    }
    return {};
}

Result<std::string> from_mailbox(const Config& config, const Owner& owner, const Job& job) {
    boost::asio::io_context context;
    const ExchangeConfig& exchange = config.exchange(owner.policy->exchange);
    Result<Connection> connection = open_connection(context.get_executor(), exchange);
    if (!connection) return connection.error();
    Result<ews::ClientOptions> options = reach(context, exchange, *connection, *owner.mailbox);
    if (!options) return options.error();
    EwsMailbox mailbox(*connection->transport, std::move(*options));
    Result<MailItem> item = run_to_end(context, mailbox.fetch(job.item));
    if (!item) return item.error();
    return std::string(item->mime.view());
}

Result<std::string> from_crm(const Config& config, const Owner& owner, const Job& job) {
    const auto crm = std::ranges::find(config.crms, owner.policy->crm, &CrmConfig::name);
    const auto path = crm::embedded::database_path(crm->url);
    if (!path) return from(path.error());
    auto database = crm::embedded::open_database(*path, crm::embedded::Opening::read);
    if (!database) return from(database.error());
    auto original = crm::embedded::mail_original(*database, job.record);
    if (!original && original.error().code == crm::errc::not_found) {
        return Error{
            errc::gone,
            fmt::format("job {}: neither in its folder nor, as record {}, in the CRM any more", job.id, job.record),
            {}
        };
    }
    if (!original) return from(original.error());
    return std::move(*original);
}

}  // namespace

Result<std::string> mail_of(const Config& config, const Job& job) {
    const Owner owner = owner_of(config, job.mailbox);
    if (owner.mailbox == nullptr) {
        return Error{errc::gone, fmt::format("{} stands in no policy any more", job.mailbox), {}};
    }
    Result<std::string> mail = from_mailbox(config, owner, job);
    if (mail || (mail.error().code != errc::gone && job.record.empty())) return mail;
    if (!job.record.empty()) return from_crm(config, owner, job);
    return Error{
        errc::gone,
        fmt::format(
            "job {}: the mail is not in its folder any more, and was not archived; look for \"{}\" in the mailbox",
            job.id,
            job.subject
        ),
        {}
    };
}

}  // namespace agent
