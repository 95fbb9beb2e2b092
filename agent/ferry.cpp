// Longer than other files: what belongs to the whole agent is opened, shared, begun and ended here, in an order that
// matters.
#include "agent/ferry.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <chrono>
#include <exception>
#include <filesystem>
#include <optional>
#include <utility>

#include "agent/alarms.hpp"
#include "agent/ews_mailbox.hpp"
#include "agent/frozen.hpp"
#include "agent/limits.hpp"
#include "agent/located_service.hpp"
#include "agent/log.hpp"
#include "agent/notice/ews_sender.hpp"
#include "agent/notice/fallback.hpp"
#include "agent/notice/located_sender.hpp"
#include "agent/notice/smtp_sender.hpp"
#include "agent/observed_mailbox.hpp"
#include "agent/secret.hpp"

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

std::vector<std::string> mailboxes_of(const Config& config) {
    std::vector<std::string> mailboxes;
    for (const PolicyConfig& policy : config.policies) {
        for (const MailboxConfig& mailbox : policy.mailboxes) mailboxes.push_back(mailbox.addresses.front());
    }
    return mailboxes;
}

}  // namespace

Ferry::Ferry(
    boost::asio::io_context& context, Config config, const Clock& clock, Mode mode, std::string file
)
    : context_(context),
      config_(std::move(config)),
      clock_(clock),
      mode_(mode),
      file_(std::move(file)),
      house_(context.get_executor()) {}

Ferry::~Ferry() = default;

Result<std::unique_ptr<Ferry>> Ferry::make(
    boost::asio::io_context& context, Config config, const Clock& clock, Mode mode, std::string file
) {
    std::unique_ptr<Ferry> ferry(new Ferry(context, std::move(config), clock, mode, std::move(file)));
    const Result<void> opened = ferry->open();
    if (!opened) return opened.error();
    return ferry;
}

Result<void> Ferry::open() {
    const std::string file = mode_ == Mode::observe ? ":memory:" : config_.journal;
    Result<std::unique_ptr<Journal>> journal = Journal::open(file);
    if (!journal) return journal.error();
    const Result<void> unfrozen = check_frozen(config_, **journal, file_);
    if (!unfrozen) return unfrozen.error();
    const Result<void> woken = (*journal)->wake(clock_.now());
    if (!woken) return woken.error();
    Result<Leftovers> leftovers = leftovers_of(**journal, mailboxes_of(config_));
    if (!leftovers) return leftovers.error();
    leftovers_ = std::move(*leftovers);
    journal_ = std::make_unique<JournalThread>(std::move(*journal));
    const std::filesystem::path beside = std::filesystem::path(config_.journal).parent_path();
    big_mails_ = std::make_unique<BigMails>(mode_ == Mode::observe ? std::filesystem::path() : beside);
    const Result<void> opened = open_crms();
    if (!opened) return opened.error();
    Result<std::unique_ptr<Sender>> sender = make_sender();
    if (!sender) return sender.error();
    alarms_ = std::make_unique<Alarms>(context_.get_executor(), *journal_, clock_, std::move(*sender), file_);
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

/// Nothing where no notices are configured, or where we only observe.
Result<std::unique_ptr<Sender>> Ferry::make_sender() {
    std::unique_ptr<Sender> by_ews, by_smtp;
    if (!config_.notices || mode_ == Mode::observe) return by_ews;
    const NoticesConfig& notices = *config_.notices;
    if (!notices.exchange.empty()) {
        const ExchangeConfig& exchange = config_.exchange(notices.exchange);
        Result<Connection*> found = connection(exchange);
        if (found) {
            MailboxConfig mailbox;
            mailbox.addresses = {notices.mailbox};
            by_ews = sender_from(exchange, **found, mailbox);
        } else if (!notices.smtp) {
            return found.error();
        }
    }
    if (notices.smtp) {
        Secret password;
        if (notices.smtp->password) {
            Result<Secret> read = read_secret(*notices.smtp->password);
            if (!read) return read.error();
            password = std::move(*read);
        }
        by_smtp = std::make_unique<SmtpSender>(*notices.smtp, std::move(password));
    }
    if (!by_ews || !by_smtp) return by_ews ? std::move(by_ews) : std::move(by_smtp);
    std::unique_ptr<Sender> both = std::make_unique<Fallback>(std::move(by_ews), std::move(by_smtp));
    return both;
}

std::unique_ptr<Sender> Ferry::sender_from(
    const ExchangeConfig& exchange, Connection& open, const MailboxConfig& mailbox
) {
    const std::string& name = mailbox.addresses.front();
    if (!exchange.url.empty())
        return std::make_unique<EwsSender>(*open.transport, client_options(exchange, open, mailbox), name);
    auto find = [&finder = finder(exchange, open), name] { return finder.find(name); };
    auto make = [&exchange, &open, mailbox, name](const ews::Discovered& found) {
        return std::make_unique<EwsSender>(
            *open.transport, client_options(exchange, open, mailbox, found), name
        );
    };
    return std::make_unique<LocatedSender>(context_.get_executor(), std::move(find), std::move(make));
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

Result<Connection*> Ferry::connection(const ExchangeConfig& exchange) {
    auto found = connections_.find(exchange.name);
    if (found == connections_.end()) {
        Result<Connection> opened = open_connection(context_.get_executor(), exchange);
        if (!opened) return opened.error();
        found = connections_.emplace(exchange.name, std::move(*opened)).first;
    }
    return &found->second;
}

Result<void> Ferry::add(const PolicyConfig& policy) {
    const ExchangeConfig& exchange = config_.exchange(policy.exchange);
    const Result<Connection*> opened = connection(exchange);
    if (!opened) return opened.error();
    Connection& open = **opened;
    const auto executor = context_.get_executor();
    for (const MailboxConfig& mailbox : policy.mailboxes) {
        Result<Timetable> timetable = Timetable::make(policy.policy.schedule, mailbox.time_zone);
        if (!timetable) return timetable.error();
        const std::string& name = mailbox.addresses.front();
        if (exchange.url.empty()) {
            auto find = [&finder = finder(exchange, open), name] { return finder.find(name); };
            auto make = [this, &policy, &exchange, &open, &mailbox, timetable = *timetable](
                            const ews::Discovered& found
                        ) {
                const std::string place = exchange.name + " " + found.ews_url + " " + found.grouping;
                return serve(policy, mailbox, client_options(exchange, open, mailbox, found), place, timetable);
            };
            services_.push_back(std::make_unique<LocatedService>(
                executor, name, std::move(find), std::move(make), LocatedService::Paces{}
            ));
        } else {
            services_.push_back(std::make_unique<LocatedService>(
                executor,
                serve(
                    policy, mailbox, client_options(exchange, open, mailbox), exchange.name, std::move(*timetable)
                )
            ));
        }
        if (policy.policy.error_notices.to.empty()) continue;
        LocatedService* service = services_.back().get();
        alarms_->watch(
            {name,
             policy.policy,
             [service] { return service->trouble(); },
             [service] { return service->is_served(); }}
        );
    }
    return {};
}

ServerFinder& Ferry::finder(const ExchangeConfig& exchange, const Connection& connection) {
    if (!dns_) dns_ = std::make_unique<ews::SrvResolver>();
    std::unique_ptr<ServerFinder>& finder = finders_[exchange.name];
    if (!finder) finder = std::make_unique<ServerFinder>(exchange, connection, dns_.get());
    return *finder;
}

/// `place` names those that may share streams: one server and login.
std::unique_ptr<MailboxService> Ferry::serve(
    const PolicyConfig& policy,
    const MailboxConfig& config,
    ews::ClientOptions options,
    const std::string& place,
    Timetable timetable
) {
    const ExchangeConfig& exchange = config_.exchange(policy.exchange);
    http::Transport& transport = *connections_.at(exchange.name).transport;
    std::shared_ptr<ews::StreamGroups>& streams = streams_[place];
    if (!streams) streams = noted_streams(*journal_, clock_);
    const std::string& name = config.addresses.front();
    hand_in(*streams, leftovers_, name);
    const bool observing = mode_ == Mode::observe;
    Crm& crm = crms_.at(policy.crm);
    crm::Directory& directory = observing ? static_cast<crm::Directory&>(*crm.overlay) : *crm.real;
    crm::Archive& archive = observing ? static_cast<crm::Archive&>(*crm.overlay) : *crm.real;
    std::unique_ptr<Mailbox> mailbox =
        std::make_unique<EwsMailbox>(transport, std::move(options), streams, big_mails_.get());
    if (observing) mailbox = std::make_unique<ObservedMailbox>(std::move(mailbox));
    MailboxService::Settings settings{
        policy.policy,
        rules::Owner{config.addresses},
        std::move(timetable),
        config.time_zone.empty(),
        config_.retry,
        exchange.settle,
        observing,
        [this, name](const LoopFacts& facts) { alarms_->braked(name, facts); },
        limits::look_at_clock,
        big_mails_.get()
    };
    return std::make_unique<MailboxService>(
        context_.get_executor(),
        std::move(settings),
        std::move(mailbox),
        directory,
        archive,
        *journal_,
        clock_
    );
}

void Ferry::spawn(boost::asio::awaitable<void> work, const std::string& name) {
    ++running_;
    auto ended = [this, name](const std::exception_ptr& failure) {
        report(name, failure);
        if (--running_ == 0) events_.on_end();
    };
    boost::asio::co_spawn(context_, std::move(work), std::move(ended));
}

void Ferry::start(Events events) {
    events_ = std::move(events);
    for (const std::unique_ptr<LocatedService>& service : services_) spawn(service->run(), service->name());
    spawn(alarms_->run(), "");
    spawn(keep_house(), "");
}

void Ferry::stop(const Config* next) {
    stopping_ = true;
    std::map<std::string, rules::ProcessingCategories> kept;  // by other names nobody would find ours again
    if (next != nullptr) {
        for (const PolicyConfig& policy : next->policies) {
            if (!policy.policy.enabled) continue;
            for (const MailboxConfig& mailbox : policy.mailboxes) {
                kept[mailbox.addresses.front()] = policy.policy.categories;
            }
        }
    }
    for (const std::unique_ptr<LocatedService>& service : services_) {
        const MailboxService* served = service->service();
        const auto found = kept.find(service->name());
        const bool same =
            found != kept.end() && served != nullptr && found->second == served->policy().categories;
        service->stop(next != nullptr && !same);
    }
    for (const auto& [name, finder] : finders_) finder->stop();
    for (const auto& [name, connection] : connections_) connection.shorten_waits(limits::last_turn);
    big_mails_->stop();
    alarms_->stop();
    house_.notify();
}

/// What is not a mailbox's: what admins have left in the journal, and forgetting what is long done.
boost::asio::awaitable<void> Ferry::keep_house() {
    auto next_prune = std::chrono::steady_clock::now();
    while (!stopping_) {
        co_await look_for_news();
        if (std::chrono::steady_clock::now() >= next_prune) {
            auto prune = [before = clock_.now() - config_.keep](Journal& journal) { return journal.prune(before); };
            Result<std::size_t> pruned = co_await journal_->run(prune);
            const bool more = pruned && *pruned >= limits::pruned_at_once;
            next_prune = std::chrono::steady_clock::now() + (more ? limits::look_again : limits::prune_every);
        }
        if (!stopping_) co_await house_.wait_for(limits::look_again);
    }
}

boost::asio::awaitable<void> Ferry::look_for_news() {
    auto look = [](Journal& journal) { return journal.written_by_others(); };
    Result<bool> news = co_await journal_->run(look);
    if (news && *news) {
        for (const std::unique_ptr<LocatedService>& service : services_) {
            if (service->service() != nullptr) service->service()->wake();  // `queue retry`
        }
    }
    auto read = [](Journal& journal) { return journal.requests(); };
    Result<std::vector<Request>> requests = co_await journal_->run(read);
    if (!requests) co_return;  // the mailboxes tell of a journal that fails
    for (const Request& request : *requests) {
        if (request.id <= last_request_) continue;  // a mailbox is at it
        last_request_ = request.id;
        if (answer(request)) continue;
        auto forget = [id = request.id](Journal& journal) { return journal.answered(id); };
        co_await journal_->run(forget);
    }
}

/// Whether a mailbox has taken it, which says when it is done.
bool Ferry::answer(const Request& request) {
    if (request.kind == Request::Kind::reload) {
        events_.on_reload();
        return false;
    }
    for (const std::unique_ptr<LocatedService>& service : services_) {
        if (request.mailbox != service->name() || service->service() == nullptr) continue;
        const Result<void> taken = service->service()->ask(request);
        if (taken) return true;
        log::warning(
            "refused",
            {{"mailbox", service->name()},
             {"asked", std::string(to_text(request.kind))},
             {"why", taken.error().text}}
        );
        return false;
    }
    const auto has_it = [&](const PolicyConfig& policy) {
        return std::ranges::any_of(policy.mailboxes, [&](const MailboxConfig& mailbox) {
            return mailbox.addresses.front() == request.mailbox;
        });
    };
    if (std::ranges::none_of(config_.policies, has_it)) {
        log::warning(
            "refused",
            {{"mailbox", request.mailbox},
             {"asked", std::string(to_text(request.kind))},
             {"why", "it stands in no policy"}}
        );
        return false;
    }
    log::info(
        "kept", {{"mailbox", request.mailbox}, {"asked", std::string(to_text(request.kind))}, {"until", "it is served"}}
    );
    return true;
}

}  // namespace agent
