#include "agent/ferry.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <utility>

#include "agent/ews_mailbox.hpp"
#include "agent/log.hpp"
#include "agent/mailbox_service.hpp"
#include "agent/observed_mailbox.hpp"

namespace agent {

namespace {

/// An exception at the root of a mailbox is a broken invariant: the others go on.
void report(const std::string& mailbox, const std::exception_ptr& failure) {
    if (!failure) return;
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& broken) {
        log::error("broken", {{"mailbox", mailbox}, {"why", broken.what()}});
    }
}

}  // namespace

Ferry::Ferry(boost::asio::io_context& context, Config config, const Clock& clock, Mode mode)
    : context_(context), config_(std::move(config)), clock_(clock), mode_(mode) {}

Ferry::~Ferry() = default;

Result<std::unique_ptr<Ferry>> Ferry::make(
    boost::asio::io_context& context, Config config, const Clock& clock, Mode mode
) {
    std::unique_ptr<Ferry> ferry(new Ferry(context, std::move(config), clock, mode));
    const Result<void> opened = ferry->open();
    if (!opened) return opened.error();
    return ferry;
}

Result<void> Ferry::open() {
    const std::string file = mode_ == Mode::observe ? ":memory:" : config_.journal;
    Result<std::unique_ptr<Journal>> journal = Journal::open(file);
    if (!journal) return journal.error();
    const Result<void> woken = (*journal)->wake(clock_.now());
    if (!woken) return woken.error();
    journal_ = std::make_unique<JournalThread>(std::move(*journal));
    const Result<void> opened = open_crms();
    if (!opened) return opened.error();
    std::optional<Error> left_out;
    for (const PolicyConfig& policy : config_.policies) {
        if (!policy.policy.enabled) {
            log::warning("disabled", {{"policy", policy.policy.name}, {"file", policy.file}});
            continue;
        }
        const Result<void> added = add(policy);
        if (added) continue;
        left_out = added.error();
        log::error("left-out", {{"exchange", policy.exchange}, {"why", left_out->text}});
    }
    if (services_.empty() && left_out) return *left_out;
    return {};
}

Result<void> Ferry::open_crms() {
    using crm::embedded::Opening;
    const Opening opening = mode_ == Mode::observe ? Opening::read : Opening::write;
    const auto now = [this] { return std::chrono::floor<std::chrono::seconds>(clock_.now()); };
    for (const CrmConfig& config : config_.crms) {
        auto opened = crm::embedded::open_embedded(config.url, opening);
        if (!opened) {
            Error error = from(opened.error());
            error.text += "; a new one is made by: mailferry crm import " + config.url + " people.csv";
            return error;
        }
        Crm& crm = crms_[config.name];
        crm.real = std::move(*opened);
        if (mode_ == Mode::observe) crm.overlay = std::make_unique<crm::overlay::Overlay>(*crm.real, now);
    }
    return {};
}

Result<void> Ferry::add(const PolicyConfig& policy) {
    const ExchangeConfig& exchange = config_.exchange(policy.exchange);
    auto found = connections_.find(exchange.name);
    if (found == connections_.end()) {
        Result<Connection> opened = open_connection(context_.get_executor(), exchange);
        if (!opened) return opened.error();
        found = connections_.emplace(exchange.name, std::move(*opened)).first;
    }
    const Connection& connection = found->second;
    const bool observing = mode_ == Mode::observe;
    Crm& crm = crms_.at(policy.crm);
    crm::Directory& directory = observing ? static_cast<crm::Directory&>(*crm.overlay) : *crm.real;
    crm::Archive& archive = observing ? static_cast<crm::Archive&>(*crm.overlay) : *crm.real;
    for (const MailboxConfig& config : policy.mailboxes) {
        std::unique_ptr<Mailbox> mailbox = std::make_unique<EwsMailbox>(
            *connection.transport, client_options(exchange, connection, config)
        );
        if (observing) mailbox = std::make_unique<ObservedMailbox>(std::move(mailbox));
        services_.push_back(std::make_unique<MailboxService>(
            context_.get_executor(),
            MailboxService::Settings{
                policy.policy, rules::Owner{config.addresses}, exchange.settle, observing
            },
            std::move(mailbox),
            directory,
            archive,
            *journal_,
            clock_
        ));
    }
    return {};
}

void Ferry::start(std::function<void()> on_end) {
    on_end_ = std::move(on_end);
    running_ = services_.size();
    for (const std::unique_ptr<MailboxService>& service : services_) {
        auto ended = [this, name = service->name()](const std::exception_ptr& failure) {
            report(name, failure);
            if (--running_ == 0) on_end_();
        };
        boost::asio::co_spawn(context_, service->run(), std::move(ended));
    }
}

void Ferry::stop() {
    if (services_.empty() && on_end_) on_end_();  // every policy is disabled: nothing runs
    for (const std::unique_ptr<MailboxService>& service : services_) service->stop();
}

}  // namespace agent
