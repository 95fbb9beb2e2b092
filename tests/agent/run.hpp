// Helpers of the tests of agent/: run a coroutine to its end, keep an eye on the log.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <chrono>
#include <future>
#include <string>
#include <utility>

#include "agent/log.hpp"

namespace agent_test {

/// The result of the coroutine; what it throws is thrown.
template <class T>
T run(boost::asio::io_context& context, boost::asio::awaitable<T> coroutine) {
    auto future = boost::asio::co_spawn(context, std::move(coroutine), boost::asio::use_future);
    context.restart();
    while (future.wait_for(std::chrono::seconds(0)) != std::future_status::ready) context.run_one();
    return future.get();
}

/// On a context that lives as long as the thread: an embedded CRM that answered may still be leaving its post().
template <class T>
T run(boost::asio::awaitable<T> coroutine) {
    thread_local boost::asio::io_context context;
    return run(context, std::move(coroutine));
}

/// Runs the context until `reached` is true; false if that does not happen, however long one waits.
template <class Condition>
bool run_until(boost::asio::io_context& context, const Condition& reached) {
    const auto hopeless = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!reached()) {
        if (std::chrono::steady_clock::now() > hopeless) return false;
        context.restart();
        context.run_one_for(std::chrono::milliseconds(20));
    }
    return true;
}

/// Collects what is logged as long as it lives.
class LogCapture {
public:
    LogCapture() {
        agent::log::start();
        testing::internal::CaptureStderr();
    }
    ~LogCapture() {
        if (!taken_) testing::internal::GetCapturedStderr();
    }
    LogCapture(const LogCapture&) = delete;
    LogCapture& operator=(const LogCapture&) = delete;

    /// Everything so far; call it once, at the end.
    std::string text() {
        taken_ = true;
        return testing::internal::GetCapturedStderr();
    }

private:
    bool taken_ = false;
};

/// How often `part` stands in `text`.
inline int count(const std::string& text, const std::string& part) {
    int found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

}  // namespace agent_test
