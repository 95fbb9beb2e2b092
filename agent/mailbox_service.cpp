#include "agent/mailbox_service.hpp"

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <utility>

#include "agent/limits.hpp"
#include "agent/log.hpp"
#include "agent/next_wait.hpp"

namespace agent {

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
      mailbox_(std::move(mailbox)),
      journal_(journal),
      clock_(clock),
      work_(executor),
      worker_(
          {*mailbox_, directory, archive, journal, clock, arrivals_, settings.observing},
          settings.policy,
          settings.owner
      ),
      listener_(
          executor,
          {name_, settings.policy, settings.settle},
          *mailbox_,
          journal,
          clock,
          arrivals_,
          [this] { work_.notify(); }
      ) {}

boost::asio::awaitable<void> MailboxService::run() {
    using boost::asio::experimental::awaitable_operators::operator&&;
    auto listening = listener_.run();
    auto working = work();
    co_await (std::move(listening) && std::move(working));
}

void MailboxService::stop() {
    stopping_ = true;
    listener_.stop();
    work_.notify();
}

boost::asio::awaitable<void> MailboxService::work() {
    while (!stopping_) {
        Result<bool> worked = co_await worker_.step();
        if (!worked) {
            const Error error = worked.error();
            co_await hold(error);
            continue;
        }
        back_off_.reset();
        if (!*worked) co_await rest();
    }
}

/// What concerns all mails: none is tried before the wait is over.
boost::asio::awaitable<void> MailboxService::hold(const Error& error) {
    if (error.code == errc::journal) log::error("journal", {{"mailbox", name_}, {"why", error.text}});
    const auto end = std::chrono::steady_clock::now() + next_wait(back_off_, error);
    while (!stopping_ && std::chrono::steady_clock::now() < end) co_await work_.wait_until(end);
}

/// Until there is something to do. Looks by itself now and then: `queue retry` is another process.
boost::asio::awaitable<void> MailboxService::rest() {
    auto look = [mailbox = name_](Journal& journal) { return journal.next_due(mailbox); };
    Result<std::optional<Time>> due = co_await journal_.run(look);
    std::chrono::milliseconds pause = limits::look_again;
    if (due && *due) pause = std::clamp(**due - clock_.now(), std::chrono::milliseconds(1), pause);
    if (!stopping_) co_await work_.wait_for(pause);
}

}  // namespace agent
