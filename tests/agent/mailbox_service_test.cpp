#include "agent/mailbox_service.hpp"

#include <gtest/gtest.h>

#include "tests/agent/world.hpp"

namespace {

using namespace std::chrono_literals;
using agent_test::World;

/// A service on the mailbox of a World that remains with the World.
class Borrowed final : public agent::Mailbox {
public:
    explicit Borrowed(agent::Mailbox& mailbox) : mailbox_(mailbox) {}

    agent::awaitable<agent::Result<agent::Folders>> ensure_folders(rules::Policy policy) override {
        return mailbox_.ensure_folders(std::move(policy));
    }
    agent::awaitable<agent::Result<agent::Folders>> find_folders(rules::Policy policy) override {
        return mailbox_.find_folders(std::move(policy));
    }
    agent::awaitable<agent::Result<agent::Changes>> changes(
        agent::WatchedFolder folder, std::string sync_state
    ) override {
        return mailbox_.changes(std::move(folder), std::move(sync_state));
    }
    agent::awaitable<agent::Result<std::unique_ptr<agent::Watch>>> watch(
        std::vector<agent::WatchedFolder> folders
    ) override {
        return mailbox_.watch(std::move(folders));
    }
    agent::awaitable<agent::Result<agent::MailItem>> fetch(std::string item) override {
        return mailbox_.fetch(std::move(item));
    }
    agent::awaitable<agent::Result<std::optional<std::string>>> original_of(
        std::string item, Place place
    ) override {
        return mailbox_.original_of(std::move(item), place);
    }
    agent::awaitable<agent::Result<void>> mark(std::string item, agent::Marking marking) override {
        return mailbox_.mark(std::move(item), std::move(marking));
    }
    agent::awaitable<agent::Result<void>> move(std::string item, Place to) override {
        return mailbox_.move(std::move(item), to);
    }
    agent::awaitable<agent::Result<void>> purge(std::string item) override {
        return mailbox_.purge(std::move(item));
    }
    agent::awaitable<agent::Result<void>> discard(std::string item) override {
        return mailbox_.discard(std::move(item));
    }
    agent::awaitable<agent::Result<bool>> is_there(Place place, std::string mark) override {
        return mailbox_.is_there(place, std::move(mark));
    }

private:
    agent::Mailbox& mailbox_;
};

TEST(MailboxService, WhatIsDroppedIsFiledUntilItIsStopped) {
    World world;
    world.mailbox.folders.watched = {world.deals};
    boost::asio::io_context context;
    agent::JournalThread journal(agent::Journal::open(world.journal_file()).value());
    agent::MailboxService service(
        context.get_executor(),
        {world.policy, {{agent_test::anna}}, 0ms},
        std::make_unique<Borrowed>(world.mailbox),
        world.crm,
        world.crm,
        journal,
        world.clock
    );
    const auto filed = [&](std::size_t jobs) {
        const auto beside = agent::Journal::open_beside(world.journal_file()).value();
        return beside->list(true).value().size() == jobs && beside->list(false).value().empty();
    };
    world.mailbox.deliver("deals", agent_test::offer());
    auto end = boost::asio::co_spawn(context, service.run(), boost::asio::use_future);
    ASSERT_TRUE(agent_test::run_until(context, [&] { return filed(1); }));

    world.mailbox.deliver("deals", agent_test::internal());
    world.mailbox.feeds.back()->messages.emplace_back(std::vector<agent::Hint>{{"deals", {}}});
    world.mailbox.feeds.back()->news.notify();
    ASSERT_TRUE(agent_test::run_until(context, [&] { return filed(2); }));

    service.stop();
    const auto ended = [&] { return end.wait_for(0s) == std::future_status::ready; };
    ASSERT_TRUE(agent_test::run_until(context, ended));
    EXPECT_TRUE(world.mailbox.feeds.back()->ended);
    EXPECT_EQ(
        world.told(),
        "mail in inbox: [Processing Complete]\n"
        "mail in inbox: [Missing Required Matches]\n"
        "account acme.example\ncontact Ann Bo\nopportunity Offer\n"
        "email Offer -> contact opportunity\n"
        "job done\njob done\n"
    );
    world.mailbox.feeds.clear();  // their timers must not outlive the context
}

}  // namespace
