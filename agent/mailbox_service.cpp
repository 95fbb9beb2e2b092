#include "agent/mailbox_service.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <utility>

#include "agent/limits.hpp"
#include "agent/log.hpp"
#include "agent/user_time_zone.hpp"
#include "agent/utc_text.hpp"

namespace agent {

namespace {

const std::string work = "work";  ///< of Troubles

}  // namespace

MailboxService::MailboxService(
    const boost::asio::any_io_executor& executor,
    Settings settings,
    std::unique_ptr<Mailbox> mailbox,
    crm::Directory& directory,
    crm::Archive& archive,
    JournalThread& journal,
    const Clock& clock
)
    : name_(settings.owner.addresses.front()),
      settings_(std::move(settings)),
      mailbox_(std::move(mailbox)),
      directory_(directory),
      journal_(journal),
      clock_(clock),
      work_(executor),
      troubles_(name_),
      worker_(
          {*mailbox_,
           directory,
           archive,
           journal,
           clock,
           arrivals_,
           settings_.retry,
           settings_.observing,
           settings_.on_brake,
           settings_.big_mails},
          settings_.policy,
          settings_.owner
      ),
      listener_(
          executor,
          {name_,
           settings_.policy,
           settings_.timetable,
           settings_.settle,
           settings_.look_at_clock},
          *mailbox_,
          journal,
          clock,
          arrivals_,
          troubles_,
          {[this] { work_.notify(); },
           [this] {
               worker_.taken_automatically();  // in the cycle before
               budget_ = settings_.policy.schedule.items_per_cycle;
               time_zone_due_ = settings_.ask_time_zone;
               work_.notify();
           }}
      ) {}

boost::asio::awaitable<void> MailboxService::run() {
    using boost::asio::experimental::awaitable_operators::operator&&;
    time_zone_due_ = settings_.ask_time_zone;
    co_await look_up_time_zone();  // before anything happens: it may be blackout there
    auto listening = listener_.run();
    auto working = work_off();
    co_await (std::move(listening) && std::move(working));
}

void MailboxService::stop(bool for_good) {
    stopping_ = true;
    for_good_ = for_good;
    listener_.stop();
    work_.notify();
}

bool MailboxService::is_blackout() const {
    return settings_.timetable.is_blackout(clock_.now());
}

Result<void> MailboxService::ask(Request request) {
    if (request.kind == Request::Kind::sync_now && is_blackout()) {
        const Time end = settings_.timetable.next_change(clock_.now());
        return Error{
            errc::parked,
            fmt::format("it is blackout there until {}", utc_text(std::chrono::floor<std::chrono::seconds>(end))),
            {}
        };
    }
    listener_.ask(std::move(request));
    return {};
}

/// Who has a mountain of captured mail takes it in pieces; what is dropped never waits for that.
Which MailboxService::allowed() {
    budget_ -= worker_.taken_automatically();
    return budget_ > 0 ? Which::all : Which::dropped;
}

/// What the worker meets is the CRM's, or the stream meets it as well.
bool MailboxService::may_have_moved() const {
    if (!trouble() || !troubles_.others(work)) return false;
    return !trouble()->error.login_refused && trouble()->error.code != errc::journal;
}

boost::asio::awaitable<void> MailboxService::work_off() {
    while (!stopping_) {
        if (is_blackout()) {
            troubles_.forget();
            const auto pause = settings_.timetable.rest(clock_.now(), settings_.look_at_clock);
            co_await work_.wait_for(pause);
            continue;
        }
        if (time_zone_due_) co_await look_up_time_zone();
        const Which which = allowed();
        Result<bool> worked = co_await worker_.step(which, budget_);
        if (!worked) {
            const Error error = worked.error();
            co_await hold(error);
            continue;
        }
        if (*worked) troubles_.over(work);
        if (!*worked) co_await rest();
    }
    if (for_good_) co_await worker_.withdraw();
}

/// The schedule is that of the user's own day. While the CRM does not answer it stays what it was.
boost::asio::awaitable<void> MailboxService::look_up_time_zone() {
    if (!time_zone_due_) co_return;
    Result<std::string> zone = co_await user_time_zone(directory_, name_);
    if (!zone) co_return;
    time_zone_due_ = false;
    if (*zone == time_zone_) co_return;
    Result<Timetable> timetable = Timetable::make(settings_.policy.schedule, *zone);
    if (timetable) {
        settings_.timetable = std::move(*timetable);
    } else {
        log::warning(
            "time-zone", {{"mailbox", name_}, {"why", "of this user in the CRM: " + timetable.error().text}}
        );
    }
    time_zone_ = std::move(*zone);
}

/// What concerns all mails: none is tried before the wait is over.
boost::asio::awaitable<void> MailboxService::hold(const Error& error) {
    using Steady = std::chrono::steady_clock;
    const auto end = Steady::now() + troubles_.met(work, error);
    while (!stopping_ && Steady::now() < end) {
        const auto look = std::min(end, Steady::now() + limits::pending_after);
        co_await work_.wait_until(look);
        // A CRM that is away is seen in the mailbox; one that is itself away, or refuses us, is left in peace.
        if (worker_.crm_failed() && !is_blackout() && !troubles_.others(work)) co_await worker_.show_waiting();
    }
}

/// Until there is something to do.
boost::asio::awaitable<void> MailboxService::rest() {
    auto look = [mailbox = name_, which = allowed()](Journal& journal) {
        return journal.next_due(mailbox, which);
    };
    Result<std::optional<Time>> due = co_await journal_.run(look);
    std::chrono::milliseconds pause = settings_.look_at_clock;
    const bool nothing_waits = due && (!*due || **due - clock_.now() > limits::longest_retry);
    if (nothing_waits) troubles_.over(work);  // an admin may have given up what was in trouble
    if (due && *due) pause = std::clamp(**due - clock_.now(), std::chrono::milliseconds(1), pause);
    if (!stopping_) co_await work_.wait_for(pause);
}

}  // namespace agent
