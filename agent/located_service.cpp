#include "agent/located_service.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <utility>

#include "agent/log.hpp"
#include "http/retry.hpp"

namespace agent {

namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::minutes;

/// Where the mailbox is in trouble and yet found where it was.
constexpr std::chrono::milliseconds relook_steps[] = {minutes(2), minutes(10), minutes(60)};
constexpr double unspread = 0.5;

}  // namespace

LocatedService::LocatedService(
    const boost::asio::any_io_executor& executor, std::unique_ptr<MailboxService> service
)
    : name_(service->name()),
      troubles_(name_),
      wake_(executor),
      end_(executor),
      service_(std::move(service)) {}

LocatedService::LocatedService(
    const boost::asio::any_io_executor& executor,
    std::string mailbox,
    Find find,
    Make make,
    Paces paces
)
    : name_(std::move(mailbox)),
      find_(std::move(find)),
      make_(std::move(make)),
      paces_(paces),
      troubles_(name_, paces_.searches),
      wake_(executor),
      end_(executor) {}

boost::asio::awaitable<void> LocatedService::run() {
    if (!find_) {
        co_await service_->run();
        co_return;
    }
    while (!stopping_) {
        std::optional<ews::Discovered> found = std::exchange(elsewhere_, std::nullopt);
        if (!found) found = co_await search();
        if (!found) co_return;
        found_ = *std::move(found);
        log::info(
            "found", {{"mailbox", name_}, {"exchange", found_.ews_url}, {"told-by", found_.told_by}}
        );
        service_ = make_(found_);
        co_await serve();
        if (elsewhere_) service_.reset();
    }
}

void LocatedService::stop(bool for_good) {
    stopping_ = true;
    if (service_) service_->stop(for_good);
    wake_.notify();
    end_.notify();
}

const std::optional<Troubles::Trouble>& LocatedService::trouble() const {
    return service_ ? service_->trouble() : troubles_.lasting();
}

/// Until it is found; nothing where we stop.
boost::asio::awaitable<std::optional<ews::Discovered>> LocatedService::search() {
    while (!stopping_) {
        Result<ews::Discovered> found = co_await find_unless_stopped();
        if (stopping_) break;
        if (found) {
            troubles_.over("");
            co_return *std::move(found);
        }
        const Error error = found.error();
        const std::chrono::milliseconds wait = troubles_.met("", error);
        co_await wake_.wait_for(wait);
    }
    co_return std::nullopt;
}

boost::asio::awaitable<Result<ews::Discovered>> LocatedService::find_unless_stopped() {
    using boost::asio::experimental::awaitable_operators::operator||;
    auto finding = find_();
    auto stopped = end_.wait_until(Steady::time_point::max());
    auto first = co_await (std::move(finding) || std::move(stopped));
    if (first.index() == 0) co_return std::get<0>(std::move(first));
    co_return Error{errc::cancelled, "we are stopping", {}};
}

boost::asio::awaitable<void> LocatedService::serve() {
    using boost::asio::experimental::awaitable_operators::operator&&;
    auto serving = service_->run();
    auto watching = watch();
    co_await (std::move(serving) && std::move(watching));
}

/// Ends when we stop, or when the mailbox turns out to be elsewhere.
boost::asio::awaitable<void> LocatedService::watch() {
    http::BackOff pauses(relook_steps);
    Steady::time_point not_before{};
    while (!stopping_) {
        co_await wake_.wait_for(paces_.look);
        if (stopping_) break;
        const std::optional<Troubles::Trouble>& trouble = service_->trouble();
        if (!trouble) {
            pauses.reset();
            not_before = {};
            continue;
        }
        const auto now = Steady::now();
        if (!service_->may_have_moved()) continue;
        if (now - trouble->since < paces_.suspicious || now < not_before) continue;
        not_before = now + pauses.next(unspread);
        Result<ews::Discovered> found = co_await find_unless_stopped();
        if (!found || found->ews_url == found_.ews_url || stopping_) continue;
        log::warning(
            "moved", {{"mailbox", name_}, {"from", found_.ews_url}, {"to", found->ews_url}}
        );
        elsewhere_ = *std::move(found);
        service_->stop();
        break;
    }
}

}  // namespace agent
