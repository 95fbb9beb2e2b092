// Runs an event loop in the test's own thread until something has happened. Separate from the test
// server because a test may run a loop without one.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace testing_http {

namespace asio = boost::asio;

/// The bound only ends a test that hangs.
template <class Condition>
void run_until(asio::io_context& io, Condition condition) {
    while (!condition()) {
        io.restart();
        if (io.run_one_for(std::chrono::seconds(60)) == 0) throw std::logic_error("the test hangs");
    }
}

/// What becomes of a coroutine that runs beside the test.
template <class T>
class Running {
public:
    Running(asio::io_context& io, asio::awaitable<T> work) {
        asio::co_spawn(io, std::move(work), [this](std::exception_ptr error, T value) {
            failure_ = error;
            value_.emplace(std::move(value));
        });
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    bool done() const { return value_.has_value(); }
    T result() {
        if (failure_) std::rethrow_exception(failure_);
        return std::move(*value_);
    }

private:
    std::exception_ptr failure_;
    std::optional<T> value_;
};

template <class T>
T run(asio::io_context& io, asio::awaitable<T> work) {
    Running<T> running(io, std::move(work));
    run_until(io, [&running] { return running.done(); });
    return running.result();
}

}  // namespace testing_http
