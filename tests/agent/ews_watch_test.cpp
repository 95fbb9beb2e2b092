#include "agent/ews_watch.hpp"

#include <gtest/gtest.h>

#include "tests/agent/exchange.hpp"

namespace {

using agent::errc;
using agent_test::anna;
using agent_test::run;
using Hints = std::vector<agent::Hint>;

class EwsWatch : public testing::Test {
protected:
    EwsWatch() {
        folders_ = run(client_.context, client_.mailbox.ensure_folders(agent_test::policy()))
                       .value()
                       .watched;
        watch_ = run(client_.context, client_.mailbox.watch(folders_)).value();
    }
    /// The next message that is no heartbeat.
    agent::Result<Hints> next() {
        for (;;) {
            auto hints = run(client_.context, watch_->next());
            if (!hints || !hints->empty()) return hints;
        }
    }

    agent_test::Exchange exchange_;
    agent_test::Client client_{exchange_};
    std::vector<agent::WatchedFolder> folders_;
    std::unique_ptr<agent::Watch> watch_;
};

TEST_F(EwsWatch, HintsAtTheFolderInWhichSomethingHappened) {
    exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    exchange_.simulator.deliver(anna, folders_.at(1).id, agent_test::offer());
    EXPECT_EQ(next().value(), (Hints{{folders_.at(1).id, {}}}));
}

TEST_F(EwsWatch, WhatLeavesAFolderIsAHintToo) {
    const auto item = exchange_.simulator.deliver(anna, folders_.at(0).id, agent_test::offer());
    next().value();
    exchange_.simulator.move(anna, item, "inbox");
    EXPECT_EQ(next().value(), (Hints{{folders_.at(0).id, {}}}));
}

TEST_F(EwsWatch, WhatIsMovedIsToldFromWhatIsCopied) {
    const auto item = exchange_.simulator.deliver(anna, "inbox", agent_test::offer());
    const auto copied = exchange_.simulator.copy(anna, item, folders_.at(0).id);
    EXPECT_EQ(next().value(), (Hints{{folders_.at(0).id, {{copied, item}}}}));
    const auto moved = exchange_.simulator.move(anna, item, folders_.at(0).id);
    EXPECT_EQ(next().value(), (Hints{{folders_.at(0).id, {{moved, ""}}}}));
}

TEST_F(EwsWatch, CloseEndsTheOneWhoWaits) {
    auto waiting = boost::asio::co_spawn(client_.context, watch_->next(), boost::asio::use_future);
    client_.context.restart();
    client_.context.poll();
    watch_->close();
    client_.context.restart();
    const auto ended = [&] {
        return waiting.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    };
    ASSERT_TRUE(agent_test::run_until(client_.context, ended));
    auto hints = waiting.get();
    if (hints) hints = run(client_.context, watch_->next());  // it had begun with a heartbeat
    EXPECT_EQ(hints.error().code, errc::cancelled);
}

TEST_F(EwsWatch, ALostSubscriptionIsTold) {
    exchange_.simulator.drop_subscriptions();
    EXPECT_EQ(next().error().code, errc::subscription_lost);
}

TEST_F(EwsWatch, EndGivesTheSubscriptionBack) {
    agent::Watch& watch = *watch_;
    auto end = [&watch]() -> boost::asio::awaitable<bool> {
        co_await watch.end();
        co_return true;
    };
    EXPECT_TRUE(run(client_.context, end()));
    EXPECT_EQ(exchange_.simulator.requests("Unsubscribe"), 1U);
}

}  // namespace
