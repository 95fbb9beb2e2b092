#include "agent/listener.hpp"

#include <gtest/gtest.h>

#include "tests/agent/world.hpp"

namespace {

using namespace std::chrono_literals;
using agent::errc;
using agent_test::anna;
using Calls = std::vector<std::string>;

/// A listener on a mailbox of two folders; its coroutine runs while a test waits for something.
class Listening : public testing::Test {
protected:
    Listening() {
        world_.mailbox.folders.watched = {
            {"deals", "- Create New Opportunity", agent_test::opportunity()},
            {"mails", "- Create New Email", {}}};
    }
    ~Listening() override {
        stop();
        world_.mailbox.feeds.clear();  // their timers must not outlive the context
    }

    void start() {
        ended_ = boost::asio::co_spawn(context_, listener_.run(), boost::asio::use_future);
    }
    void stop() {
        listener_.stop();
        if (!ended_.valid()) return;
        EXPECT_TRUE(agent_test::run_until(context_, [this] { return ended(); }));
    }
    bool ended() const { return ended_.wait_for(0s) == std::future_status::ready; }

    template <class Condition>
    void wait_until(const Condition& reached) {
        ASSERT_TRUE(agent_test::run_until(context_, reached));
    }
    void wait_for_queue(const std::string& expected) {
        wait_until([&] { return queue() == expected; });
    }
    void hint(std::vector<std::string> folders) {
        std::vector<agent::Hint> hints;
        for (std::string& folder : folders) hints.push_back({std::move(folder), {}});
        world_.mailbox.feeds.back()->messages.emplace_back(std::move(hints));
        world_.mailbox.feeds.back()->news.notify();
    }
    void break_stream(agent::Error error) {
        world_.mailbox.feeds.back()->messages.emplace_back(std::move(error));
        world_.mailbox.feeds.back()->news.notify();
    }
    /// "ITEM ROLE" of every job.
    std::string queue() const {
        std::string text;
        const auto journal = agent::Journal::open_beside(world_.journal_file()).value();
        for (const auto& job : journal->list(true).value()) {
            text += job.item + " " + to_text(job.role) + "\n";
        }
        return text;
    }
    std::string sync_state(const std::string& folder) const {
        const auto journal = agent::Journal::open_beside(world_.journal_file()).value();
        return journal->progress(anna, folder).value().value_or(agent::FolderProgress{}).sync_state;
    }
    int calls(const std::string& call) const {
        return static_cast<int>(std::ranges::count(world_.mailbox.calls, call));
    }

    agent_test::World world_;
    std::chrono::milliseconds waits_[2] = {1ms, 2ms};
    boost::asio::io_context context_;
    agent::JournalThread journal_{agent::Journal::open(world_.journal_file()).value()};
    int work_ = 0, cycles_ = 0;
    agent::Troubles troubles_{anna, waits_};
    agent::Timetable timetable_ = agent::Timetable::make(world_.policy.schedule, "UTC").value();
    agent::Listener listener_{
        context_.get_executor(),
        {anna, world_.policy, timetable_, 0ms, 1ms},
        world_.mailbox,
        journal_,
        world_.clock,
        world_.arrivals,
        troubles_,
        {[this] { ++work_; }, [this] { ++cycles_; }}};
    std::future<void> ended_;
};

TEST_F(Listening, AtTheStartEveryFolderIsReadAfterSubscribing) {
    world_.mailbox.deliver("deals", "1");
    world_.mailbox.deliver("mails", "2");
    world_.mailbox.deliver("inbox", "3");
    start();
    wait_for_queue("i1 create-new/opportunity\ni2 create-new/email\n");
    wait_until([&] { return sync_state("mails") == "3"; });
    EXPECT_EQ(
        world_.mailbox.calls,
        (Calls{"ensure_folders", "watch", "changes deals after ''", "changes mails after ''"})
    );
    wait_until([&] { return work_ == 2; });
}

TEST_F(Listening, AHintHasItsFolderReadFromWhereItWasLeft) {
    start();
    wait_until([&] { return sync_state("mails") == "0" && sync_state("deals") == "0"; });
    world_.mailbox.deliver("deals", "1");
    hint({"deals"});
    wait_for_queue("i1 create-new/opportunity\n");
    EXPECT_EQ(calls("changes deals after '0'"), 1);
    EXPECT_EQ(calls("changes mails after '0'"), 0);
}

/// The same with Anna's Inbox, in which two mails lay before the first start, one of them with the category.
class Capturing : public Listening {
protected:
    void begin(bool required_category) {
        world_.policy.inbox.enabled = true;
        world_.policy.inbox.required_category = required_category;
        world_.mailbox.folders.watched = {{"inbox", "Inbox", rules::role("inbox").value()}};
        world_.mailbox.now = world_.clock.now() - 1h;
        world_.mailbox.deliver("inbox", "1");
        world_.mailbox.deliver("inbox", "2", {"Company CRM"});
        start();
        wait_until([&] { return sync_state("inbox") == "2"; });
        world_.mailbox.now = world_.clock.now();
        EXPECT_EQ(queue(), "");
    }
    void hint_and_wait(const std::string& state) {
        hint({"inbox"});
        wait_until([&] { return sync_state("inbox") == state; });
    }
};

TEST_F(Capturing, WithoutACategoryWhatComesAfterTheFirstStartIsQueued) {
    begin(false);
    world_.mailbox.deliver("inbox", "3");
    world_.mailbox.deliver("inbox", "4", {"Processing Complete"});  // our own return of a dropped mail
    world_.mailbox.categorise("i1", {"Red"});
    hint_and_wait("5");
    EXPECT_EQ(queue(), "i3 inbox\n");
}

TEST_F(Capturing, WithACategoryWhatCarriesItIsQueuedAlsoIfItIsSetLater) {
    begin(true);
    world_.mailbox.deliver("inbox", "3");
    world_.mailbox.deliver("inbox", "4", {"company crm"});
    hint_and_wait("4");
    EXPECT_EQ(queue(), "i4 inbox\n");
    world_.mailbox.categorise("i1", {"Red", "Company CRM"});
    hint_and_wait("5");
    EXPECT_EQ(queue(), "i4 inbox\ni1 inbox\n");
}

TEST_F(Capturing, WhatComesDuringTheFirstReadingIsTaken) {
    world_.mailbox.page = 1;
    int readings = 0;
    world_.mailbox.before = [&](const std::string& operation) -> std::optional<agent::Error> {
        if (operation != "changes" || ++readings != 2) return std::nullopt;
        world_.mailbox.now = world_.clock.now() + 2s;
        world_.mailbox.deliver("inbox", "3");
        return std::nullopt;
    };
    world_.policy.inbox.enabled = true;
    world_.policy.inbox.required_category = false;
    world_.mailbox.folders.watched = {{"inbox", "Inbox", rules::role("inbox").value()}};
    world_.mailbox.now = world_.clock.now() - 1h;
    world_.mailbox.deliver("inbox", "1");
    world_.mailbox.deliver("inbox", "2");
    start();
    wait_for_queue("i3 inbox\n");
}

TEST_F(Capturing, AServerThatRefusesEveryStateIsNotAskedWithoutAPause) {
    waits_[0] = 1h;
    begin(false);
    for (std::size_t i = 2; i < 20; ++i) {
        world_.mailbox.fail("changes", i, {errc::sync_state_lost, "ErrorInvalidSyncStateData", {}});
    }
    world_.mailbox.calls.clear();
    hint({"inbox"});
    wait_until([&] { return world_.mailbox.calls.size() == 2; });
    for (int i = 0; i < 100; ++i) context_.run_one_for(1ms);
    EXPECT_EQ(world_.mailbox.calls, (Calls{"changes inbox after '2'", "changes inbox after ''"}));
}

TEST_F(Capturing, ALostSyncStateTakesNoOldMailForNew) {
    begin(false);
    world_.mailbox.fail("changes", 2, {errc::sync_state_lost, "ErrorInvalidSyncStateData", {}});
    hint({"inbox"});
    wait_until([&] { return calls("changes inbox after ''") == 2; });
    world_.mailbox.now = world_.clock.now() + 1s;
    world_.mailbox.deliver("inbox", "3");
    hint_and_wait("3");
    EXPECT_EQ(queue(), "i3 inbox\n");
}

TEST_F(Listening, WhatAnEventSaysOfAMoveIsPassedOn) {
    start();
    wait_until([&] { return sync_state("mails") == "0" && sync_state("deals") == "0"; });
    world_.mailbox.deliver("deals", "1");
    world_.mailbox.deliver("deals", "2");
    world_.mailbox.feeds.back()->messages.emplace_back(std::vector<agent::Hint>{{"deals", {{"i2", ""}}}});
    world_.mailbox.feeds.back()->news.notify();
    wait_for_queue("i1 create-new/opportunity\ni2 create-new/opportunity\n");
    EXPECT_EQ(world_.arrivals.original_of("i1"), std::nullopt);
    EXPECT_EQ(world_.arrivals.original_of("i2"), "");
}

TEST_F(Listening, AHeartbeatReadsNothing) {
    start();
    wait_until([&] { return sync_state("mails") == "0" && sync_state("deals") == "0"; });
    hint({});
    hint({"a folder of somebody else"});
    world_.mailbox.deliver("mails", "1");
    hint({"mails"});
    wait_for_queue("i1 create-new/email\n");
    EXPECT_EQ(
        world_.mailbox.calls,
        (Calls{
            "ensure_folders",
            "watch",
            "changes deals after ''",
            "changes mails after ''",
            "changes mails after '0'"})
    );
}

TEST_F(Listening, ALongFolderIsReadPageByPage) {
    world_.mailbox.page = 2;
    for (int i = 0; i < 5; ++i) world_.mailbox.deliver("deals", "mail");
    start();
    wait_for_queue(
        "i1 create-new/opportunity\ni2 create-new/opportunity\ni3 create-new/opportunity\n"
        "i4 create-new/opportunity\ni5 create-new/opportunity\n"
    );
    EXPECT_EQ(calls("changes deals after '2'"), 1);
    EXPECT_EQ(calls("changes deals after '4'"), 1);
}

TEST_F(Listening, ALostSyncStateReadsFromTheBeginningAndDoublesNothing) {
    world_.mailbox.deliver("deals", "1");
    start();
    wait_until([&] { return sync_state("mails") == "1" && sync_state("deals") == "1"; });
    world_.mailbox.deliver("deals", "2");
    world_.mailbox.fail("changes", 3, {errc::sync_state_lost, "ErrorInvalidSyncStateData", {}});
    hint({"deals"});
    wait_for_queue("i1 create-new/opportunity\ni2 create-new/opportunity\n");
    EXPECT_EQ(calls("changes deals after ''"), 2);
    EXPECT_EQ(world_.log.text().find("unreachable"), std::string::npos);
}

TEST_F(Listening, AMailThatOnlyChangedIsNotQueuedAgain) {
    const auto item = world_.mailbox.deliver("deals", "1");
    start();
    wait_for_queue("i1 create-new/opportunity\n");
    wait_until([&] { return sync_state("mails") == "1"; });
    agent::Marking marking{{"Red"}, {}, ""};
    ASSERT_TRUE(agent_test::run(world_.mailbox.mark(item, marking)));
    hint({"deals"});
    wait_until([&] { return sync_state("deals") == "2"; });
    EXPECT_EQ(queue(), "i1 create-new/opportunity\n");
    EXPECT_EQ(work_, 1);
}

TEST_F(Listening, AfterALostStreamEverythingIsReadAgain) {
    start();
    wait_until([&] { return sync_state("mails") == "0" && sync_state("deals") == "0"; });
    world_.mailbox.deliver("mails", "1");
    break_stream({errc::subscription_lost, "ErrorMissedNotificationEvents", {}});
    wait_for_queue("i1 create-new/email\n");
    EXPECT_EQ(calls("ensure_folders"), 2);
    EXPECT_EQ(calls("watch"), 2);
    EXPECT_TRUE(world_.mailbox.feeds.front()->ended) << "the subscription was not given back";
}

TEST_F(Listening, TheSameErrorIsToldOnceAndItsEndToo) {
    for (std::size_t i = 1; i <= 3; ++i) {
        world_.mailbox.fail("ensure_folders", i, {errc::transient, "no connection", {}});
    }
    world_.mailbox.fail("ensure_folders", 4, {errc::denied, "wrong password", {}});
    start();
    wait_until([&] { return calls("watch") == 1; });
    hint({});
    wait_until([&] { return world_.mailbox.feeds.front()->messages.empty(); });
    const auto log = world_.log.text();
    EXPECT_EQ(
        agent_test::count(log, "unreachable mailbox=anna@us.example why=\"no connection\""), 1
    );
    EXPECT_EQ(
        agent_test::count(log, "unreachable mailbox=anna@us.example why=\"wrong password\""), 1
    );
    EXPECT_EQ(agent_test::count(log, "unreachable"), 2);
    EXPECT_EQ(agent_test::count(log, "recovered"), 1);
    EXPECT_EQ(calls("ensure_folders"), 5);
}

TEST_F(Listening, OneTroubleInTwoPlacesIsToldOnce) {
    start();
    wait_until([&] { return sync_state("mails") == "0" && sync_state("deals") == "0"; });
    for (std::size_t i = 3; i <= 5; ++i) {
        world_.mailbox.fail("changes", i, {errc::transient, "connection refused", {}});
    }
    hint({"deals"});
    break_stream({errc::transient, "connection cut", {}});
    wait_until([&] { return world_.mailbox.feeds.size() == 2; });
    wait_until([&] {
        return calls("changes deals after '0'") >= 2 && calls("changes mails after '0'") >= 1;
    });
    world_.mailbox.deliver("mails", "1");
    hint({"mails"});
    wait_for_queue("i1 create-new/email\n");
    const auto log = world_.log.text();
    EXPECT_EQ(agent_test::count(log, "unreachable"), 1) << log;
}

// A server in trouble may take every subscription and end every stream: that is one trouble, not
// many.
TEST_F(Listening, AStreamThatEndsAtOnceIsToldOnce) {
    start();
    for (std::size_t i = 1; i <= 4; ++i) {
        wait_until([&] { return world_.mailbox.feeds.size() == i; });
        break_stream({errc::transient, "the stream ended", {}});
    }
    wait_until([&] { return world_.mailbox.feeds.size() == 5; });
    const auto log = world_.log.text();
    EXPECT_EQ(agent_test::count(log, "unreachable"), 1) << log;
    EXPECT_EQ(agent_test::count(log, "recovered"), 0) << log;
}

TEST_F(Listening, AFolderThatCannotBeReadIsTriedAgainAndDoesNotHideTheOthers) {
    for (const std::size_t i : {1U, 3U}) {
        world_.mailbox.fail("changes", i, {errc::transient, "the server is busy", {}});
    }
    world_.mailbox.deliver("deals", "1");
    world_.mailbox.deliver("mails", "2");
    start();
    wait_for_queue("i2 create-new/email\ni1 create-new/opportunity\n");
    wait_until([&] { return work_ == 2; });
    const auto log = world_.log.text();
    EXPECT_EQ(agent_test::count(log, "why=\"the server is busy\""), 1) << log;
    EXPECT_EQ(agent_test::count(log, "recovered"), 1) << log;
}

TEST_F(Listening, WarningsAboutFoldersReachTheLog) {
    world_.mailbox.folders.warnings = {"'- Create New Case' holds 2 mails"};
    start();
    wait_until([&] { return calls("watch") == 1; });
    EXPECT_EQ(
        agent_test::count(
            world_.log.text(),
            "warning folder mailbox=anna@us.example why=\"'- Create New Case' holds 2 mails\""
        ),
        1
    );
}

TEST_F(Listening, StopEndsItAndGivesTheSubscriptionBack) {
    start();
    wait_until([&] { return sync_state("mails") == "0" && sync_state("deals") == "0"; });
    stop();
    EXPECT_TRUE(ended());
    EXPECT_TRUE(world_.mailbox.feeds.front()->ended);
}

TEST_F(Listening, StopEndsAlsoTheWaitForTheNextTry) {
    agent::Error patient{errc::transient, "no connection", std::chrono::hours(1)};
    world_.mailbox.fail("ensure_folders", 1, patient);
    start();
    wait_until([&] { return calls("ensure_folders") == 1; });
    stop();
    EXPECT_TRUE(ended());
    EXPECT_EQ(calls("ensure_folders"), 1);
}

TEST_F(Listening, AQuietTimeIsKeptBeforeAFolderIsRead) {
    agent::Listener patient(
        context_.get_executor(),
        {anna, world_.policy, timetable_, std::chrono::hours(1)},
        world_.mailbox,
        journal_,
        world_.clock,
        world_.arrivals,
        troubles_,
        {[] {}}
    );
    auto end = boost::asio::co_spawn(context_, patient.run(), boost::asio::use_future);
    wait_until([&] { return sync_state("mails") == "0" && sync_state("deals") == "0"; });
    world_.mailbox.deliver("deals", "1");
    hint({"deals"});
    wait_until([&] { return world_.mailbox.feeds.front()->messages.empty(); });
    context_.poll();
    EXPECT_EQ(calls("changes deals after '0'"), 0);
    patient.stop();
    wait_until([&] { return end.wait_for(0s) == std::future_status::ready; });
}

/// The same under a schedule; the clock stands at Monday, 2026-11-23 09:00 UTC until a test moves it.
class Scheduled : public Listening {
protected:
    void schedule(const rules::Schedule& schedule) {
        world_.policy.schedule = schedule;
        timetable_ = agent::Timetable::make(schedule, "UTC").value();
    }
    void start_and_rest() {
        start();
        wait_until([&] { return sync_state("mails") == "0" && sync_state("deals") == "0"; });
    }
    void turn_for(std::chrono::milliseconds time) {
        const auto end = std::chrono::steady_clock::now() + time;
        while (std::chrono::steady_clock::now() < end) context_.run_one_for(1ms);
    }
};

// G2.1: the full cycle starts at the configured interval, in each band.
TEST_F(Scheduled, AFullCycleReadsEveryFolderAtTheIntervalOfItsBand) {
    rules::Schedule hourly;
    hourly.peak_interval = 10min;
    hourly.off_peak_interval = 60min;
    schedule(hourly);
    start_and_rest();
    EXPECT_EQ(cycles_, 1);
    world_.clock.time += 10min - 1s;
    turn_for(20ms);
    EXPECT_EQ(cycles_, 1);
    world_.clock.time += 1s;
    wait_until([&] { return calls("changes deals after '0'") == 1 && calls("changes mails after '0'") == 1; });
    EXPECT_EQ(cycles_, 2);
    world_.clock.time += 10h;  // 19:10, off-peak since 18:00
    wait_until([&] { return cycles_ == 3; });
    world_.clock.time += 59min;
    turn_for(20ms);
    EXPECT_EQ(cycles_, 3);
    world_.clock.time += 1min;
    wait_until([&] { return cycles_ == 4; });
}

// G2.2: in blackout nothing is asked of the mailbox; what was dropped is found at its end.
TEST_F(Scheduled, InBlackoutNothingIsAskedAndAfterwardsEverythingIsRead) {
    rules::Schedule nights;
    nights.blackout = {{{1, 2, 3, 4, 5, 6, 7}, std::chrono::hours(22), std::chrono::hours(6)}};
    schedule(nights);
    start_and_rest();
    world_.clock.time += 13h;  // 22:00
    wait_until([&] { return world_.mailbox.feeds.front()->ended; });
    const auto before = world_.mailbox.calls.size();
    world_.mailbox.deliver("deals", "1");
    world_.clock.time += 8h - 1s;
    turn_for(30ms);
    EXPECT_EQ(world_.mailbox.calls.size(), before);
    world_.clock.time += 1s;  // 06:00
    wait_for_queue("i1 create-new/opportunity\n");
    EXPECT_EQ(world_.mailbox.feeds.size(), 2U);
    const auto log = world_.log.text();
    EXPECT_EQ(agent_test::count(log, "blackout mailbox=anna@us.example until=2026-11-24T06:00:00Z"), 1) << log;
}

TEST_F(Scheduled, ARestartDoesNotBeginTheCountAnewAndAClockThatIsPutBackDoesNotStopIt) {
    schedule({});
    start_and_rest();
    world_.clock.time -= 24h;
    wait_until([&] { return cycles_ == 2; });
}

TEST_F(Scheduled, WhatAnAdminAsksForIsDoneAtOnce) {  // G1.9
    schedule({});
    start_and_rest();
    agent::Request now;
    listener_.ask(now);
    wait_until([&] { return calls("changes deals after '0'") == 1 && calls("changes mails after '0'") == 1; });
    EXPECT_EQ(cycles_, 2);
}

// G1.12
TEST_F(Scheduled, ToRepollReadsTheFolderThatIsNamedFromTheBeginningAndQueuesNothingTwice) {
    schedule({});
    world_.mailbox.deliver("deals", "1");
    start();
    wait_until([&] { return sync_state("mails") == "1" && sync_state("deals") == "1"; });
    agent::Request repoll;
    repoll.kind = agent::Request::Kind::repoll;
    repoll.role = "create-new/opportunity";
    listener_.ask(repoll);
    wait_until([&] { return calls("changes deals after ''") == 2 && calls("changes mails after '1'") == 1; });
    EXPECT_EQ(queue(), "i1 create-new/opportunity\n");
}

// G1.2: by an admin's leave.
TEST_F(Scheduled, AFolderIsRenamedBeforeTheFoldersAreLookedFor) {
    schedule({});
    auto rename = [](agent::Journal& journal) -> agent::Result<void> {
        auto frozen = journal.freeze(anna, "Old CRM", agent::Time(1h));
        return frozen ? journal.accept(anna, "Company CRM") : frozen;
    };
    ASSERT_TRUE(agent_test::run(context_, journal_.run(rename)));
    start_and_rest();
    EXPECT_EQ(world_.mailbox.calls[0], "rename_folder Old CRM -> Company CRM");
    EXPECT_EQ(world_.mailbox.calls[1], "ensure_folders");
    const auto beside = agent::Journal::open_beside(world_.journal_file()).value();
    EXPECT_EQ(beside->mailbox(anna)->category, "Company CRM");
    EXPECT_EQ(beside->mailbox(anna)->accepted, "");
}

// Our clock may be wrong by a day: what came in the meantime must not be taken for old when the sync state is lost.
TEST_F(Capturing, AClockThatWasADayAheadHidesNoMail) {
    begin(false);
    world_.clock.time += 24h;
    hint_and_wait("2");
    world_.mailbox.deliver("inbox", "3");  // by the right time of the server
    world_.mailbox.deliver("inbox", "4");
    world_.clock.time -= 24h;
    world_.mailbox.fail(
        "changes", world_.mailbox.calls_of("changes") + 1, {errc::sync_state_lost, "lost", {}}
    );
    hint({"inbox"});
    wait_for_queue("i3 inbox\ni4 inbox\n");
}

}  // namespace
