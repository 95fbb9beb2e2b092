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
    void end(agent::Watch& watch) {
        const auto ending = [](agent::Watch& one) -> boost::asio::awaitable<bool> {
            co_await one.end();
            co_return true;
        };
        EXPECT_TRUE(run(client_.context, ending(watch)));
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
    end(*watch_);
    EXPECT_EQ(exchange_.simulator.requests("Unsubscribe"), 1U);
}

TEST_F(EwsWatch, AfterAGapEveryFolderIsAHint) {
    exchange_.simulator.deliver(anna, folders_.at(0).id, agent_test::offer());
    next().value();  // the stream is open
    exchange_.simulator.stop();
    exchange_.simulator.start();
    EXPECT_EQ(next()->size(), folders_.size());
}

TEST_F(EwsWatch, MailboxesThatShareStreamsHaveOne) {
    constexpr const char* ben = "ben@us.example";
    exchange_.simulator.add_mailbox(ben, "secret");
    const auto streams = std::make_shared<ews::StreamGroups>();
    std::vector<std::unique_ptr<agent::EwsMailbox>> mailboxes;
    std::vector<std::unique_ptr<agent::Watch>> watches;
    std::vector<std::string> places;
    for (const char* user : {anna, ben}) {
        mailboxes.push_back(std::make_unique<agent::EwsMailbox>(
            *client_.connection.transport,
            agent::client_options(exchange_.config, client_.connection, {{user}}),
            streams
        ));
        auto found = run(client_.context, mailboxes.back()->ensure_folders(agent_test::policy()));
        places.push_back(found->watched.at(0).id);
        watches.push_back(
            run(client_.context, mailboxes.back()->watch(std::move(found->watched))).value()
        );
    }
    EXPECT_EQ(streams->size(), 1U);
    for (const std::size_t user : {0U, 1U}) {
        const auto told = [&] {
            const auto hints = run(client_.context, watches[user]->next()).value();
            return hints.size() == 1 && hints.front().folder == places[user];
        };
        exchange_.simulator.deliver(user == 0 ? anna : ben, places[user], agent_test::offer());
        while (!told()) {
        }
    }
    for (const auto& watch : watches) end(*watch);
    EXPECT_EQ(streams->size(), 0U);
    EXPECT_EQ(exchange_.simulator.requests("Unsubscribe"), 2U);
}

TEST_F(EwsWatch, BehindAProxyThatBuffersTheLogSaysSoAndFoldersAreHintedAt) {
    end(*watch_);
    ews::StreamPaces paces;
    paces.stream.opening = std::chrono::milliseconds(20);
    paces.poll = std::chrono::milliseconds(20);
    const auto streams = std::make_shared<ews::StreamGroups>(paces);
    ews::simulator::Fault buffered;
    buffered.kind = ews::simulator::Fault::Kind::buffered;
    exchange_.simulator.inject("GetStreamingEvents", buffered, 9);
    agent_test::LogCapture log;
    agent::EwsMailbox mailbox(
        *client_.connection.transport,
        agent::client_options(exchange_.config, client_.connection, {{anna}}),
        streams
    );
    watch_ = run(client_.context, mailbox.watch(folders_)).value();
    EXPECT_EQ(next()->size(), folders_.size());
    EXPECT_EQ(next()->size(), folders_.size());
    end(*watch_);
    watch_.reset();
    EXPECT_EQ(agent_test::count(log.text(), "a proxy is buffering the stream"), 1);
}

}  // namespace
