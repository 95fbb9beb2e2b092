// What admins ask of an agent at work: sync-now and reinitialise. The whole agent, the simulator
// and the embedded CRM in one process; the commands run beside it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/agent/live.hpp"
#include "tests/fakes/clock.hpp"

namespace {

using agent::State;
using live::anna;
using live::ben;
using live::customer;
using live::emails;
using live::Live;
using live::mail;

constexpr const char* all_days = "days=\"mon tue wed thu fri sat sun\"";

/// Hours around the real time, in UTC: the commands have no other clock.
std::string around_now(const std::string& band) {
    const auto now = std::chrono::floor<std::chrono::hours>(agent::SystemClock().now());
    const auto hour = now.time_since_epoch().count() % 24 + 24;
    return fmt::format(
        "<{} {} from=\"{:02}:00\" to=\"{:02}:00\"/>",
        band,
        all_days,
        (hour - 1) % 24,
        (hour + 2) % 24
    );
}
/// Hours that are not now.
std::string far_from_now(const std::string& band) {
    const auto now = std::chrono::floor<std::chrono::hours>(agent::SystemClock().now());
    const auto hour = now.time_since_epoch().count() % 24;
    return fmt::format(
        "<{} {} from=\"{:02}:00\" to=\"{:02}:00\"/>",
        band,
        all_days,
        (hour + 10) % 24,
        (hour + 12) % 24
    );
}
std::string daily(const std::string& bands) {
    return "<schedule peak-minutes=\"1440\" off-peak-minutes=\"1440\">" + bands + "</schedule>";
}

// G1.9: sync-now works in peak and in off-peak hours.
TEST(SyncNow, ReadsEveryFolderAtOnceInPeakAndInOffPeakHours) {
    for (const std::string& peak : {around_now("peak"), far_from_now("peak")}) {
        Live agent({anna, ben});
        agent.add_to_policy(daily(peak));
        agent.start();
        agent.listen();
        agent.rest();
        const std::size_t folders = 5, before = agent.readings();
        const auto ran = agent.admin({"policy", "sync-now", "--mailbox", anna});
        EXPECT_EQ(ran.exit, 0) << ran.err;
        agent.await_log("info asked mailbox=anna@us.example for=sync-now");
        agent.rest();
        EXPECT_EQ(agent.readings(), before + folders) << peak;
        EXPECT_EQ(agent.logged("info asked"), 1U);
    }
}

// G1.9: refused with the reason in blackout, by the command and by the agent; nothing is asked of
// Exchange.
TEST(SyncNow, IsRefusedInBlackoutByTheCommandAndByTheAgent) {
    Live agent;
    agent.add_to_policy(daily(around_now("blackout")));
    agent.start();
    agent.await_log("info blackout mailbox=anna@us.example");
    const auto ran = agent.admin({"policy", "sync-now"});
    EXPECT_EQ(ran.exit, 1);
    EXPECT_TRUE(
        ran.err.starts_with("mailferry: refused: anna@us.example: it is blackout there until ")
    ) << ran.err;
    agent::Request request;
    request.mailbox = anna;
    agent.ask(request);  // as if it had been left before
    agent.answered();
    const std::string refused = agent.line("warning refused");
    EXPECT_TRUE(refused.starts_with(
        "warning refused mailbox=anna@us.example asked=sync-now why=\"it is blackout there until "
    )) << refused;
    EXPECT_EQ(agent.logged("info asked"), 0U);
    EXPECT_TRUE(agent.exchange.requests().empty());
}

// G1.9: a request that was left just before a blackout.
TEST(SyncNow, LeftJustBeforeABlackoutIsRefusedInIt) {
    fakes::Clock clock;  // 09:00 on a Monday
    Live agent;
    agent.add_to_policy(daily("<blackout from=\"10:00\" to=\"11:00\"/>"));
    agent.start_at(clock);
    agent.listen();
    clock.time += std::chrono::minutes(60) - std::chrono::seconds(1);
    const std::size_t before = agent.readings();
    agent::Request request;
    request.mailbox = anna;
    agent.ask(request);
    clock.time += std::chrono::seconds(1);
    agent.answered();
    EXPECT_EQ(
        agent.line("warning refused"),
        "warning refused mailbox=anna@us.example asked=sync-now why=\"it is blackout there until "
        "2026-11-23T11:00:00Z\""
    );
    agent.rest();
    EXPECT_EQ(agent.readings(), before);
}

/// Anna and Ben have each a mail that is filed and one that failed, and anna one that her Inbox
/// brought.
class Reinitialise : public testing::Test {
protected:
    Reinitialise() {
        agent_.change_policy("<smart-convert ", "<smart-convert several-contacts=\"error\" ");
        agent_.change_policy(
            "<inbox enabled=\"true\" ", "<inbox enabled=\"true\" required-category=\"false\" "
        );
        agent_.exchange.deliver(anna, "inbox", mail(customer, "older-than-the-agent"));
        const auto later = std::chrono::ceil<std::chrono::seconds>(agent_.clock.now());
        agent_.pump([&] { return agent_.clock.now() >= later; }
        );  // what Exchange tells is in seconds
        agent_.start();
        agent_.listen();
        agent_.exchange.deliver(anna, "inbox", mail(customer, "captured"));
        agent_.pump([this] { return agent_.count(State::done) == 1; });
        for (const char* mailbox : {anna, ben}) {
            agent_.drop(mail(customer, std::string("filed-") + mailbox), mailbox);
            agent_.drop(mail(live::shared_address, std::string("failed-") + mailbox), mailbox);
        }
        agent_.pump([this] { return agent_.count(State::failed) == 2 && dropped_and_done() == 2; });
        agent_.rest();
        crm_ = agent_.crm_text();
    }

    std::size_t dropped_and_done() const {
        const auto jobs = agent_.jobs();
        return static_cast<std::size_t>(std::ranges::count_if(jobs, [](const agent::Job& job) {
            return job.state == State::done && !rules::is_automatic(job.role);
        }));
    }

    /// Asks it and lets the agent do it.
    void reinitialise(const std::vector<std::string>& flags) {
        std::vector<std::string> words{"policy", "reinitialise"};
        words.insert(words.end(), flags.begin(), flags.end());
        const auto ran = agent_.admin(words);
        ASSERT_EQ(ran.exit, 0) << ran.err;
        agent_.answered();
        agent_.rest();
        agent_.settle();
    }

    std::size_t failed(const std::string& mailbox) const {
        return agent_.logged("warning failed mailbox=" + mailbox);
    }

    Live agent_{{anna, ben}};
    std::string crm_;
};

// G1.12
TEST_F(Reinitialise, RepollReadsTheFoldersOfOneUserFromTheBeginningAndDoesNothingTwice) {
    const std::size_t before = agent_.readings();
    reinitialise({"--repoll", "--mailbox", anna});
    EXPECT_EQ(agent_.logged("info asked mailbox=anna@us.example for=repoll"), 1U);
    EXPECT_EQ(agent_.logged("info asked"), 1U);
    EXPECT_GE(agent_.readings(), before + 5);
    EXPECT_EQ(agent_.crm_text(), crm_);
    EXPECT_EQ(failed(anna), 1U);
    EXPECT_EQ(agent_.count(State::failed), 2U);
}

// G1.12
TEST_F(Reinitialise, ResyncTriesAgainWhatFailedOfThatUserAlone) {
    reinitialise({"--resync", "--mailbox", anna});
    EXPECT_EQ(failed(anna), 2U);
    EXPECT_EQ(failed(ben), 1U);
    EXPECT_EQ(agent_.crm_text(), crm_);
}

// G1.12
TEST_F(Reinitialise, ResyncOfOneRoleLeavesTheOthersAlone) {
    reinitialise({"--resync", "--mailbox", anna, "--folder", "create-new/case"});
    EXPECT_EQ(failed(anna), 1U);
    reinitialise({"--resync", "--mailbox", anna, "--folder", "create-new/email"});
    EXPECT_EQ(failed(anna), 2U);
    EXPECT_EQ(agent_.crm_text(), crm_);
}

// G1.12: once the reason is put right, resync files what had failed, once.
TEST_F(Reinitialise, ResyncFilesWhatHadFailedWhenTheReasonIsPutRight) {
    agent_.change_policy("several-contacts=\"error\"", "several-contacts=\"one\"");
    agent_.service->reload();
    agent_.pump([this] { return agent_.listening(ben) == 2 && agent_.listening(anna) == 2; });
    agent_.settle();
    EXPECT_EQ(agent_.crm_text(), crm_);
    const std::size_t before = agent_.mails().size();
    reinitialise({"--resync"});
    EXPECT_EQ(agent_.count(State::failed), 0U);
    EXPECT_EQ(agent_.mails().size(), before + 2);
    EXPECT_TRUE(agent_.exchange.items(anna, emails).empty());
    EXPECT_EQ(agent_.carrying("Processing Error", "inbox"), 0U);
}

// G1.12: clear is a first start: what lies in the Inbox is old, what is in the CRM is found there.
TEST_F(Reinitialise, ClearForgetsTheUserAndNothingIsArchivedTwice) {
    reinitialise({"--clear", "--mailbox", anna});
    EXPECT_EQ(agent_.crm_text(), crm_);
    EXPECT_EQ(failed(anna), 2U);
    EXPECT_EQ(failed(ben), 1U);
    const std::string mime = mail(customer, std::string("filed-") + anna);
    std::string again;
    for (const auto& item : agent_.exchange.items(anna, "inbox")) {
        if (item.mime == mime) again = item.id;
    }
    const std::size_t filed = agent_.logged("info filed");
    agent_.exchange.move(anna, again, emails);
    agent_.await_log("info filed", filed + 1);
    EXPECT_EQ(agent_.crm_text(), crm_);
    agent_.exchange.deliver(anna, "inbox", mail(customer, "new-after-it"));
    agent_.pump([&] { return agent_.crm_text() != crm_; });
    agent_.settle();
    EXPECT_EQ(agent_.mails().size(), 4U);
}

// G1.12: each of them for every user.
TEST_F(Reinitialise, NoneOfThemChangesTheCrm) {
    for (const char* flag : {"--repoll", "--resync", "--clear"}) {
        reinitialise({flag});
        EXPECT_EQ(agent_.crm_text(), crm_) << flag;
        EXPECT_EQ(agent_.logged("info asked"), 2U) << flag;
        agent_.log.clear();
    }
}

}  // namespace
