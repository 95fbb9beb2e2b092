// Wakes a coroutine: a condition variable for one io_context thread. Used where one coroutine waits
// for what another one brings: streams in ews/, work in agent/.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

namespace http {

class Signal {
public:
    using Moment = std::chrono::steady_clock::time_point;

    explicit Signal(const boost::asio::any_io_executor& executor) : timer_(executor) {}

    /// Ends the wait that is under way, or the next one.
    void notify() {
        notified_ = true;
        timer_.cancel();
    }

    /// Until notified, or until `deadline`. One waiter at a time.
    boost::asio::awaitable<void> wait_until(Moment deadline) {
        if (!notified_) {
            timer_.expires_at(deadline);
            const auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
            co_await timer_.async_wait(token);
        }
        notified_ = false;
    }

    boost::asio::awaitable<void> wait_for(std::chrono::steady_clock::duration duration) {
        const auto deadline = std::chrono::steady_clock::now() + duration;
        co_await wait_until(deadline);
    }

private:
    boost::asio::steady_timer timer_;
    bool notified_ = false;
};

}  // namespace http
