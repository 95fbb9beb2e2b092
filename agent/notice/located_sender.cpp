#include "agent/notice/located_sender.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <utility>

namespace agent {

LocatedSender::LocatedSender(const boost::asio::any_io_executor& executor, Find find, Make make)
    : find_(std::move(find)), make_(std::move(make)), end_(executor) {}

boost::asio::awaitable<Result<void>> LocatedSender::send(Notice notice, std::string to) {
    if (!sender_) {
        Result<ews::Discovered> found = co_await find_unless_stopped();
        if (!found) co_return found.error();
        sender_ = make_(*found);
    }
    const std::shared_ptr<Sender> sender = sender_;
    Result<void> sent = co_await sender->send(std::move(notice), std::move(to));
    // Not where our login is refused: a search would have it refused in more places.
    const bool may_have_moved =
        !sent && !sent.error().login_refused &&
        (sent.error().code == errc::unreachable || sent.error().code == errc::denied);
    if (may_have_moved) sender_.reset();
    co_return sent;
}

void LocatedSender::stop() {
    stopping_ = true;
    end_.notify();
    if (sender_) sender_->stop();
}

boost::asio::awaitable<Result<ews::Discovered>> LocatedSender::find_unless_stopped() {
    using boost::asio::experimental::awaitable_operators::operator||;
    const Error stopped{errc::cancelled, "we are stopping", {}};
    if (stopping_) co_return stopped;
    auto finding = find_();
    auto ending = end_.wait_until(std::chrono::steady_clock::time_point::max());
    auto first = co_await (std::move(finding) || std::move(ending));
    if (first.index() == 0) co_return std::get<0>(std::move(first));
    co_return stopped;
}

}  // namespace agent
