#include "agent/alarms.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "agent/limits.hpp"
#include "tests/agent/folder.hpp"
#include "tests/agent/run.hpp"
#include "tests/agent/story.hpp"
#include "tests/fakes/clock.hpp"
#include "tests/fakes/notice_sender.hpp"

namespace {

using agent::Alarms;
using agent::errc;
using agent::Job;
using agent::Journal;
using agent::State;
using agent_test::anna;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr auto ben = "ben@us.example";
constexpr auto it = "it@us.example", bob = "bob@us.example";
const agent::WatchedFolder deals{"f1", "- Create New Opportunity", agent_test::opportunity()};

/// The alarms of one agent, with a journal on disk that outlives them.
class AlarmsTest : public testing::Test {
protected:
    AlarmsTest() {
        policy_.error_notices = {5, {bob, it}};
        start();
    }

    /// As after a restart of the process: nothing is left but the journal.
    void start() {
        alarms_.reset();
        thread_.reset();
        thread_.emplace(Journal::open(path_).value());
        auto sender = std::make_unique<fakes::NoticeSender>();
        sender_ = sender.get();
        alarms_.emplace(
            context_.get_executor(), *thread_, clock_, std::move(sender), "mailferry.xml"
        );
        for (const char* mailbox : {anna, ben}) {
            alarms_->watch(
                {mailbox,
                 policy_,
                 [this, mailbox]() { return troubles_[mailbox]; },
                 [this, mailbox]() { return served_ && !troubles_[mailbox]; }}
            );
        }
    }

    /// A second passes; what is sent in one look at everything, by recipient.
    std::string look() {
        clock_.time += seconds(1);
        sender_->sent.clear();
        const agent::Result<void> looked = agent_test::run(context_, alarms_->look());
        EXPECT_TRUE(looked) << looked.error().text;
        std::ranges::sort(sender_->sent, {}, &fakes::NoticeSender::Mail::to);
        return sender_->text();
    }

    /// Mails of a mailbox that an admin has to look at.
    void fail(int count, const char* mailbox = anna) {
        const auto journal = Journal::open_beside(path_).value();
        while (count-- > 0) {
            const std::string item = "i" + std::to_string(++items_);
            journal->enqueue(mailbox, deals, {{item}}, {}, clock_.time).value();
            Job job = journal->list(false, mailbox).value().back();
            job.state = State::failed;
            job.subject = "Offer " + std::to_string(items_);
            job.note = "the CRM refused it";
            journal->save(job, job.changed).value();
        }
    }

    /// `count` of them are done at last.
    void recover(int count, const char* mailbox = anna) {
        const auto journal = Journal::open_beside(path_).value();
        for (Job job : journal->outstanding(mailbox).value()) {
            if (count-- == 0) break;
            job.state = State::done;
            journal->save(job, job.changed).value();
        }
    }

    void trouble(const char* mailbox, minutes lasts, std::string why = "no connection") {
        const auto since = std::chrono::steady_clock::now() - lasts;
        troubles_[mailbox] =
            agent::Troubles::Trouble{since, {errc::unreachable, std::move(why), {}}};
    }
    void served(const char* mailbox) { troubles_[mailbox].reset(); }

    rules::Policy policy_ = agent_test::policy();
    agent_test::Folder folder_;
    std::string path_ = folder_.file("journal");
    agent_test::LogCapture log_;
    fakes::Clock clock_;
    boost::asio::io_context context_;
    std::map<std::string, std::optional<agent::Troubles::Trouble>> troubles_;
    bool served_ = true;  ///< since the start, as far as there is no trouble
    std::optional<agent::JournalThread> thread_;
    std::optional<Alarms> alarms_;
    fakes::NoticeSender* sender_ = nullptr;

private:
    int items_ = 0;
};

std::string to_each(const std::string& subject) {
    const std::string line = ": Mailferry: " + subject + "\n";
    return bob + line + it + line;
}

const std::string five_errors = to_each("5 errors in the mailbox anna@us.example");
const std::string no_errors = to_each("no errors left in the mailbox anna@us.example");
const std::string one_outage = to_each("the mailbox anna@us.example cannot be served");
const std::string all_served = to_each("all mailboxes of \"Sales\" are served again");

TEST_F(AlarmsTest, TheFifthErrorOfAUserIsToldOnceTheSixthNotAndRecoveryOnce) {
    fail(4);
    EXPECT_EQ(look(), "");
    fail(1);
    EXPECT_EQ(look(), five_errors);
    fail(1);
    EXPECT_EQ(look(), "");
    recover(5);
    EXPECT_EQ(look(), "");
    recover(1);
    EXPECT_EQ(look(), no_errors);
    EXPECT_EQ(look(), "");
    fail(5);
    EXPECT_EQ(look(), five_errors);
}

TEST_F(AlarmsTest, TheNoticeNamesTheMailsAndTheRecoveryWhenTheAlarmWas) {
    fail(5);
    look();
    ASSERT_EQ(sender_->sent.size(), 2U);
    const std::string alarm = sender_->sent[0].notice.text;
    for (int number = 1; number <= 5; ++number) {
        const std::string job = fmt::format("job {0}, create-new/opportunity: Offer {0}\n", number);
        EXPECT_NE(alarm.find(job), std::string::npos) << alarm;
    }
    EXPECT_NE(alarm.find("    the CRM refused it\n"), std::string::npos) << alarm;
    EXPECT_NE(alarm.find("--config mailferry.xml\n"), std::string::npos) << alarm;
    recover(5);
    look();
    ASSERT_EQ(sender_->sent.size(), 2U);
    const std::string over = sender_->sent[0].notice.text;
    EXPECT_NE(over.find("since 2026-11-23T09:00:02Z"), std::string::npos) << over;
    EXPECT_NE(over.find("the alarm was of 2026-11-23T09:00:01Z"), std::string::npos) << over;
}

TEST_F(AlarmsTest, ErrorsOfSeveralUsersAreNotAddedUp) {
    fail(4);
    fail(4, ben);
    EXPECT_EQ(look(), "");
    fail(1, ben);
    EXPECT_EQ(look(), to_each("5 errors in the mailbox ben@us.example"));
}

TEST_F(AlarmsTest, ThePolicySaysHowManyAreTooMany) {
    policy_.error_notices.threshold = 2;
    fail(1);
    EXPECT_EQ(look(), "");
    fail(1);
    EXPECT_EQ(look(), to_each("2 errors in the mailbox anna@us.example"));
}

TEST_F(AlarmsTest, APolicyWithoutAddressesTellsNothing) {
    policy_.error_notices.to.clear();
    fail(5);
    trouble(ben, minutes(9));
    EXPECT_EQ(look(), "");
    recover(5);
    served(ben);
    EXPECT_EQ(look(), "");
    EXPECT_EQ(sender_->calls, 0U);
}

TEST_F(AlarmsTest, OneBadAddressDoesNotStopTheOther) {
    sender_->refused[it] = {errc::permanent, "550 no such user", {}};
    fail(5);
    EXPECT_EQ(look(), std::string(bob) + ": Mailferry: 5 errors in the mailbox anna@us.example\n");
    clock_.time += std::chrono::hours(24);
    EXPECT_EQ(look(), "");
    EXPECT_EQ(sender_->calls, 2U);
    const std::string log = log_.text();
    EXPECT_EQ(agent_test::count(log, "error notice-lost to=it@us.example"), 1) << log;
    EXPECT_EQ(agent_test::count(log, "info told to=bob@us.example"), 1) << log;
}

TEST_F(AlarmsTest, WhatCannotBeSentNowIsTriedAgainUnderTheSameKeyWithGrowingWaits) {
    policy_.error_notices.to = {it};
    const agent::Error away{errc::unreachable, "no connection", {}};
    sender_->lost_answers = {{1, away}};
    sender_->failures = {{2, away}};
    fail(5);
    look();
    ASSERT_EQ(sender_->sent.size(), 1U);
    const std::string key = sender_->sent[0].notice.key;
    clock_.time += agent::limits::notice_waits[0] - seconds(2);
    EXPECT_EQ(look(), "");
    EXPECT_EQ(sender_->calls, 1U);
    EXPECT_EQ(look(), "");
    EXPECT_EQ(sender_->calls, 2U);
    clock_.time += agent::limits::notice_waits[1] - seconds(2);
    EXPECT_EQ(look(), "");
    EXPECT_EQ(sender_->calls, 2U);
    EXPECT_EQ(look(), "it@us.example: Mailferry: 5 errors in the mailbox anna@us.example\n");
    EXPECT_EQ(sender_->sent[0].notice.key, key);
    clock_.time += std::chrono::hours(24);
    EXPECT_EQ(look(), "");
    const std::string log = log_.text();
    EXPECT_EQ(agent_test::count(log, "notice-waits"), 2) << log;
}

TEST_F(AlarmsTest, WhatCouldNotBeSentIsSentAfterARestartUnderTheSameKey) {
    policy_.error_notices.to = {it};
    sender_->lost_answers = {{1, {errc::unreachable, "no answer", {}}}};
    fail(5);
    look();
    ASSERT_EQ(sender_->sent.size(), 1U);
    const agent::Notice first = sender_->sent[0].notice;
    start();
    EXPECT_EQ(look(), "");
    clock_.time += agent::limits::notice_waits[0];
    look();
    ASSERT_EQ(sender_->sent.size(), 1U);
    const agent::Notice second = sender_->sent[0].notice;
    EXPECT_EQ(second.key, first.key);
    EXPECT_EQ(second.date, first.date);
    EXPECT_EQ(second.text, first.text);
    EXPECT_EQ(look(), "");
}

TEST_F(AlarmsTest, WhatWasWrittenDownAndNotSentIsSentOnceByTheNextStart) {
    fail(5);
    alarms_->stop();
    EXPECT_EQ(look(), "");
    start();
    EXPECT_EQ(look(), five_errors);
    EXPECT_EQ(look(), "");
    start();
    EXPECT_EQ(look(), "");
}

TEST_F(AlarmsTest, AfterARestartTheAlarmIsStillKnown) {
    fail(5);
    look();
    start();
    fail(1);
    EXPECT_EQ(look(), "");
    recover(6);
    EXPECT_EQ(look(), no_errors);
}

TEST_F(AlarmsTest, MailboxesThatCannotBeServedAreToldOfTogetherAndWhenAllAreServedAgain) {
    trouble(anna, minutes(4));
    EXPECT_EQ(look(), "");
    trouble(anna, minutes(5), "401 wrong password");
    trouble(ben, minutes(1));
    EXPECT_EQ(look(), to_each("2 mailboxes cannot be served"));
    const std::string text = sender_->sent[0].notice.text;
    EXPECT_NE(text.find("  anna@us.example\n    401 wrong password\n"), std::string::npos) << text;
    EXPECT_NE(text.find("  ben@us.example\n    no connection\n"), std::string::npos) << text;
    EXPECT_EQ(look(), "");
    served(anna);
    EXPECT_EQ(look(), "");
    served(ben);
    EXPECT_EQ(look(), all_served);
    EXPECT_EQ(look(), "");
    trouble(anna, minutes(5));
    EXPECT_EQ(look(), one_outage);
}

TEST_F(AlarmsTest, ALowThresholdCallsForAnOutageEarlier) {
    policy_.error_notices.threshold = 2;
    trouble(anna, minutes(1));
    EXPECT_EQ(look(), "");
    trouble(anna, minutes(2));
    EXPECT_EQ(look(), one_outage);
}

TEST_F(AlarmsTest, WhoIsAlarmedOfErrorsIsNotToldOfAnOutageToo) {
    fail(5);
    EXPECT_EQ(look(), five_errors);
    trouble(anna, minutes(9));
    EXPECT_EQ(look(), "");
    recover(5);
    EXPECT_EQ(look(), "");
    served(anna);
    EXPECT_EQ(look(), no_errors);
}

TEST_F(AlarmsTest, ALoopBrakeIsToldOfOnceInEachWindow) {
    policy_.error_notices.to = {it};
    agent::LoopFacts facts;
    facts.what = "robot@acme.example";
    facts.mails = 100;
    facts.window = minutes(60);
    facts.first = clock_.time;
    const std::string told =
        "it@us.example: Mailferry: 100 mails from robot@acme.example in the mailbox "
        "anna@us.example\n";
    alarms_->braked(anna, facts);
    EXPECT_EQ(look(), told);
    EXPECT_EQ(look(), "");
    clock_.time += minutes(59);
    alarms_->braked(anna, facts);
    EXPECT_EQ(look(), "");
    clock_.time += minutes(1);
    EXPECT_EQ(look(), "");
    alarms_->braked(anna, facts);
    EXPECT_EQ(look(), told);
}

TEST_F(AlarmsTest, LooksAgainAndAgainUntilItIsStopped) {
    fail(5);
    auto ended = boost::asio::co_spawn(context_, alarms_->run(), boost::asio::use_future);
    EXPECT_TRUE(agent_test::run_until(context_, [this] { return sender_->sent.size() == 2; }));
    alarms_->stop();
    EXPECT_TRUE(agent_test::run_until(context_, [&ended] {
        return ended.wait_for(seconds(0)) == std::future_status::ready;
    }));
}

TEST_F(AlarmsTest, WithoutASenderNothingIsDone) {
    Alarms alarms(context_.get_executor(), *thread_, clock_, nullptr, "mailferry.xml");
    alarms.watch({anna, policy_, [] { return std::nullopt; }, [] { return true; }});
    fail(5);
    agent_test::run(context_, alarms.run());
    EXPECT_TRUE(Journal::open_beside(path_).value()->mailboxes()->empty());
}

TEST_F(AlarmsTest, ARestartDuringAnOutageIsNoEndOfItAndTellsNothingTwice) {
    trouble(anna, minutes(5));
    EXPECT_EQ(look(), one_outage);
    served(anna);
    served_ = false;  // the listener has just begun: nothing is known yet
    start();
    EXPECT_EQ(look(), "");
    trouble(anna, minutes(5));
    EXPECT_EQ(look(), "");
}

TEST_F(AlarmsTest, TheEndOfAnOutageIsToldOnceAlsoAfterARestart) {
    trouble(anna, minutes(5));
    trouble(ben, minutes(5));
    look();
    start();
    EXPECT_EQ(look(), "");
    served(anna);
    served(ben);
    EXPECT_EQ(look(), all_served);
    const std::string text = sender_->sent.at(0).notice.text;
    EXPECT_NE(text.find("2026-11-23T09:00:01Z"), std::string::npos) << text;
}

TEST_F(AlarmsTest, ErrorsAndTroubleAtOnceAreOneAlarm) {
    fail(5);
    trouble(anna, minutes(5));
    EXPECT_EQ(look(), five_errors);
    EXPECT_EQ(look(), "");
}

}  // namespace
