#include "agent/mailbox_service.hpp"

#include <gtest/gtest.h>

#include <future>
#include <memory>

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
    agent::awaitable<agent::Result<void>> rename_folder(std::string from, std::string to) override {
        return mailbox_.rename_folder(std::move(from), std::move(to));
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
    agent::awaitable<agent::MailName> name_of(std::string item) override {
        return mailbox_.name_of(std::move(item));
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
    agent::awaitable<agent::Result<std::optional<std::string>>> find_marked(
        std::optional<Place> place, std::string mark
    ) override {
        return mailbox_.find_marked(place, std::move(mark));
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
        {world.policy,
         {{agent_test::anna}},
         agent::Timetable::make(world.policy.schedule, "UTC").value(),
         false,
         world.retry,
         0ms},
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

/// One user whose Inbox is captured, under a schedule that the test turns.
class Busy : public testing::Test {
protected:
    ~Busy() override { world.mailbox.feeds.clear(); }  // their timers must not outlive the context

    void start(std::function<void()> prepare = [] {}) {
        world.policy.inbox.enabled = true;
        world.policy.inbox.required_category = false;
        world.policy.inbox.creation.people = true;
        world.policy.loop_brakes = {0, 0, 60min};
        world.policy.schedule.items_per_cycle = 10;
        world.mailbox.folders.watched = {world.deals, {"inbox", "Inbox", rules::role("inbox").value()}};
        prepare();
        service = std::make_unique<agent::MailboxService>(
            context.get_executor(),
            agent::MailboxService::Settings{
                world.policy,
                {{agent_test::anna}},
                agent::Timetable::make(world.policy.schedule, "UTC").value(),
                asks_time_zone,
                world.retry,
                0ms,
                false,
                world.on_brake,
                1ms},
            std::make_unique<Borrowed>(world.mailbox),
            world.crm,
            world.crm,
            *journal,
            world.clock
        );
        end = boost::asio::co_spawn(context, service->run(), boost::asio::use_future);
    }
    void stop() {
        service->stop();
        wait_until([&] { return end.wait_for(0s) == std::future_status::ready; });
    }
    template <class Condition>
    void wait_until(const Condition& reached) {
        ASSERT_TRUE(agent_test::run_until(context, reached));
    }
    void turn_for(std::chrono::milliseconds time) {
        const auto until = std::chrono::steady_clock::now() + time;
        while (std::chrono::steady_clock::now() < until) context.run_one_for(1ms);
    }
    static std::string mail(int number) {
        std::string mime = agent_test::offer();
        return mime.replace(mime.find("offer@"), 5, "offer" + std::to_string(number));
    }
    std::size_t archived() const { return world.crm.archive.mails.size(); }
    void hint(const std::string& folder) {
        world.mailbox.feeds.back()->messages.emplace_back(std::vector<agent::Hint>{{folder, {}}});
        world.mailbox.feeds.back()->news.notify();
    }

    World world;
    boost::asio::io_context context;
    std::unique_ptr<agent::JournalThread> journal =
        std::make_unique<agent::JournalThread>(agent::Journal::open(world.journal_file()).value());
    std::unique_ptr<agent::MailboxService> service;
    std::future<void> end;
    bool asks_time_zone = false;
};

// G2.7: a mountain of captured mail is taken in pieces, one a cycle; what is dropped does not wait for it.
TEST_F(Busy, TakesAMountainOfCapturedMailInPiecesAndDroppedMailAtOnce) {
    start();
    wait_until([&] { return world.mailbox.calls_of("changes") == 2; });
    world.mailbox.now = world.clock.now() + 1s;
    for (int i = 0; i < 25; ++i) world.mailbox.deliver("inbox", mail(i));
    hint("inbox");
    wait_until([&] { return archived() == 10; });
    turn_for(30ms);
    EXPECT_EQ(archived(), 10U);
    world.mailbox.deliver("deals", mail(100));
    hint("deals");
    wait_until([&] { return archived() == 11; });
    world.clock.time += 15min;  // the next cycle
    wait_until([&] { return archived() == 21; });
    world.clock.time += 15min;
    wait_until([&] { return archived() == 26; });
    stop();
}

// G2.3: the bands are those of the user's own day, as the CRM knows it.
TEST_F(Busy, RestsInTheBlackoutOfItsUsersOwnTimeZone) {
    asks_time_zone = true;
    start([this] {
        world.policy.schedule.blackout = {{{1, 2, 3, 4, 5, 6, 7}, std::chrono::hours(17), std::chrono::hours(20)}};
        rules::Person person;
        person.users.push_back({"u1", "Anna", "Asia/Tokyo"});  // 09:00 UTC is 18:00 there
        world.crm.directory.facts.people[agent_test::anna] = person;
    });
    turn_for(30ms);
    EXPECT_TRUE(world.mailbox.calls.empty());
    const agent::Result<void> refused = service->ask({});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().text, "it is blackout there until 2026-11-23T11:00:00Z");
    world.clock.time += 2h;
    wait_until([&] { return world.mailbox.calls_of("changes") == 2; });
    EXPECT_TRUE(service->ask({}));
    stop();
}

TEST_F(Busy, TellsWhenItIsInTroubleAndWhenThatIsOver) {
    start([this] {
        world.crm.directory.failures[1] = {crm::errc::unreachable, "no CRM", {}};
        world.mailbox.deliver("deals", mail(1));
    });
    wait_until([&] { return service->trouble().has_value(); });
    ASSERT_TRUE(service->trouble());
    EXPECT_EQ(service->trouble()->error.text, "no CRM");
    EXPECT_FALSE(service->may_have_moved()) << "the server of the mailbox is well";
    for (int i = 0; i < 100 && archived() == 0; ++i) {
        world.clock.time += 1min;
        service->wake();
        turn_for(100ms);
    }
    EXPECT_EQ(archived(), 1U);
    wait_until([&] { return !service->trouble(); });
    stop();
}

}  // namespace
