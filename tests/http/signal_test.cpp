#include "http/signal.hpp"

#include <gtest/gtest.h>

#include "tests/agent/run.hpp"

namespace {

using namespace std::chrono_literals;

boost::asio::awaitable<void> wait(
    http::Signal& signal, std::chrono::milliseconds most, int& woken
) {
    co_await signal.wait_for(most);
    ++woken;
}

TEST(Signal, WakesTheOneWhoWaits) {
    boost::asio::io_context context;
    http::Signal signal(context.get_executor());
    int woken = 0;
    auto done = boost::asio::co_spawn(context, wait(signal, 1h, woken), boost::asio::use_future);
    context.poll();
    EXPECT_EQ(woken, 0);
    signal.notify();
    context.restart();
    context.run();
    EXPECT_EQ(woken, 1);
}

TEST(Signal, ANotificationBeforeTheWaitIsNotLost) {
    boost::asio::io_context context;
    http::Signal signal(context.get_executor());
    signal.notify();
    int woken = 0;
    auto done = boost::asio::co_spawn(context, wait(signal, 1h, woken), boost::asio::use_future);
    context.run();
    EXPECT_EQ(woken, 1);
}

TEST(Signal, ManyNotificationsEndOneWait) {
    boost::asio::io_context context;
    http::Signal signal(context.get_executor());
    signal.notify();
    signal.notify();
    int woken = 0;
    auto one = boost::asio::co_spawn(context, wait(signal, 1h, woken), boost::asio::use_future);
    context.run();
    auto other = boost::asio::co_spawn(context, wait(signal, 1h, woken), boost::asio::use_future);
    context.restart();
    context.poll();
    EXPECT_EQ(woken, 1);
    signal.notify();
    context.restart();
    context.run();
    EXPECT_EQ(woken, 2);
}

TEST(Signal, TheDeadlineEndsTheWaitToo) {
    boost::asio::io_context context;
    http::Signal signal(context.get_executor());
    int woken = 0;
    auto done = boost::asio::co_spawn(context, wait(signal, 1ms, woken), boost::asio::use_future);
    context.run();
    EXPECT_EQ(woken, 1);
}

}  // namespace
