#include "agent/mailbox_service.hpp"

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <utility>

#include "agent/limits.hpp"
#include "agent/log.hpp"

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
      worker_({*mailbox_, directory, archive, journal, clock}, settings.policy, settings.owner),
      listener_(
          executor,
          {name_, settings.policy, settings.settle},
          *mailbox_,
          journal,
          clock,
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
        if (worked && *worked) continue;
        if (!worked) log::error("stopped", {{"mailbox", name_}, {"why", worked.error().text}});
        co_await rest();
    }
}

/// Until there is something to do. Looks by itself now and then: `queue retry` is another process.
boost::asio::awaitable<void> MailboxService::rest() {
    auto look = [mailbox = name_](Journal& journal) { return journal.next_due(mailbox); };
    Result<std::optional<Time>> due = co_await journal_.run(look);
    std::chrono::milliseconds pause = limits::look_again;
    if (due && *due) pause = std::clamp(**due - clock_.now(), std::chrono::milliseconds(1), pause);
    if (!due) pause = limits::look_again;
    if (!stopping_) co_await work_.wait_for(pause);
}

}  // namespace agent
