#include "agent/journal.hpp"

#include <gtest/gtest.h>

#include <utility>
#include <sqlite3.h>

#include "agent/journal_thread.hpp"
#include "tests/agent/folder.hpp"
#include "tests/agent/run.hpp"
#include "tests/agent/story.hpp"

namespace {

using agent::Job;
using agent::Journal;
using agent::State;
using agent::Time;
using agent_test::anna;

const agent::WatchedFolder deals{"f1", "- Create New Opportunity", agent_test::opportunity()};

agent::Time at(int seconds) {
    return agent::Time(std::chrono::seconds(seconds));
}

/// Runs SQL on the file behind the journal's back.
void tamper(const std::string& path, const char* sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
}

class JournalTest : public testing::Test {
protected:
    std::unique_ptr<Journal> open() { return Journal::open(path_).value(); }

    /// "ITEM state due" of every job.
    static std::string listed(Journal& journal, bool all = true) {
        std::string text;
        for (const Job& job : journal.list(all).value()) {
            text += job.item + " " + std::string(to_text(job.state)) + "\n";
        }
        return text;
    }

    agent_test::Folder folder_;
    std::string path_ = folder_.file("journal");
};

TEST_F(JournalTest, AnItemIsQueuedOnce) {
    const auto journal = open();
    EXPECT_EQ(journal->enqueue(anna, deals, {"i1", "i2", "i1"}, "s1", at(1)).value(), 2);
    EXPECT_EQ(journal->enqueue(anna, deals, {"i2", "i3"}, "s2", at(2)).value(), 1);
    EXPECT_EQ(listed(*journal), "i1 queued\ni2 queued\ni3 queued\n");
    EXPECT_EQ(journal->sync_state(anna, "f1").value(), "s2");
}

TEST_F(JournalTest, AnItemThatIsDoneIsNotQueuedAgain) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, deals, {"i1"}, "s1", at(1)));
    Job job = journal->next(anna, at(1)).value().value();
    job.state = State::done;
    ASSERT_TRUE(journal->save(job, job.changed).value());
    EXPECT_EQ(journal->enqueue(anna, deals, {"i1"}, "s2", at(2)).value(), 0);
    EXPECT_EQ(listed(*journal), "i1 done\n");
}

TEST_F(JournalTest, EveryMailboxHasItsOwnItemsAndSyncStates) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, deals, {"i1"}, "s1", at(1)));
    EXPECT_EQ(journal->sync_state("bob@us.example", "f1").value(), "");
    EXPECT_EQ(journal->sync_state(anna, "f2").value(), "");
    EXPECT_EQ(journal->next("bob@us.example", at(9)).value(), std::nullopt);
    EXPECT_EQ(journal->next_due("bob@us.example").value(), std::nullopt);
    EXPECT_EQ(journal->enqueue("bob@us.example", deals, {"i1"}, "s1", at(1)).value(), 1);
}

TEST_F(JournalTest, WhatHasBeenDueLongestComesNext) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, deals, {"i1", "i2", "i3"}, "s1", at(1)));
    Job job = journal->next(anna, at(1)).value().value();
    EXPECT_EQ(job.item, "i1");
    job.due = at(60);
    ASSERT_TRUE(journal->save(job, job.changed).value());
    EXPECT_EQ(journal->next(anna, at(60)).value()->item, "i2");
    EXPECT_EQ(journal->next_due(anna).value(), at(1));
}

TEST_F(JournalTest, WhatIsNotYetDueWaits) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, deals, {"i1"}, "s1", at(5)));
    EXPECT_EQ(journal->next(anna, at(4)).value(), std::nullopt);
    EXPECT_EQ(journal->next_due(anna).value(), at(5));
    EXPECT_EQ(journal->next(anna, at(5)).value()->item, "i1");
}

TEST_F(JournalTest, WhatIsDoneOrGivenUpIsNotDueAnyMore) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, deals, {"i1", "i2"}, "s1", at(1)));
    Job job = journal->next(anna, at(1)).value().value();
    job.state = State::done;
    ASSERT_TRUE(journal->save(job, job.changed).value());
    job = journal->next(anna, at(1)).value().value();
    job.state = State::failed;
    ASSERT_TRUE(journal->save(job, job.changed).value());
    EXPECT_EQ(journal->next(anna, at(9)).value(), std::nullopt);
    EXPECT_EQ(journal->next_due(anna).value(), std::nullopt);
    EXPECT_EQ(listed(*journal, false), "i2 failed\n");
    EXPECT_EQ(listed(*journal, true), "i1 done\ni2 failed\n");
}

TEST_F(JournalTest, WhatSomebodyElseHasChangedIsNotOverwritten) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, deals, {"i1"}, "s1", at(1)));
    Job mine = journal->next(anna, at(1)).value().value(), theirs = mine;
    const Time as_read = mine.changed;
    theirs.state = State::done;
    theirs.changed = at(2);
    ASSERT_TRUE(journal->save(theirs, as_read).value());
    mine.changed = at(3);
    EXPECT_FALSE(journal->save(mine, as_read).value());
    EXPECT_EQ(journal->find(mine.id).value()->state, State::done);
}

TEST_F(JournalTest, WhatWaitsIsDueAgainAfterAWake) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, deals, {"i1"}, "s1", at(1)));
    Job job = journal->next(anna, at(1)).value().value();
    job.due = at(3600);
    ASSERT_TRUE(journal->save(job, job.changed).value());
    EXPECT_EQ(journal->next(anna, at(2)).value(), std::nullopt);
    ASSERT_TRUE(journal->wake(at(2)));
    EXPECT_TRUE(journal->next(anna, at(2)).value());
}

TEST_F(JournalTest, EverythingIsThereAgainAfterARestart) {
    Job job;
    {
        const auto journal = open();
        ASSERT_TRUE(journal->enqueue(anna, deals, {"i1"}, "s1", at(1)));
        job = journal->next(anna, at(1)).value().value();
        job.state = State::archived;
        job.subject = "Offer";
        job.message_id = "<1@acme.example>";
        job.decision = "{\"a\":\"\u00e9\"}";
        job.record = "12";
        job.outcome = "{}";
        job.note = "no connection";
        job.attempts = 3;
        job.due = at(30);
        const Time as_read = std::exchange(job.changed, at(20));
        ASSERT_TRUE(journal->save(job, as_read).value());
    }
    const auto journal = open();
    EXPECT_EQ(journal->find(job.id).value(), job);
    EXPECT_EQ(job.mailbox, anna);
    EXPECT_EQ(job.role, agent_test::opportunity());
    EXPECT_EQ(job.queued, at(1));
    EXPECT_EQ(journal->sync_state(anna, "f1").value(), "s1");
    EXPECT_EQ(journal->find(job.id + 1).value(), std::nullopt);
}

TEST_F(JournalTest, ItemsAndSyncStateGoTogetherOrNotAtAll) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, deals, {"i1"}, "s1", at(1)));
    tamper(
        path_,
        "CREATE TRIGGER full BEFORE UPDATE ON folder BEGIN SELECT RAISE(ABORT, 'no space'); END"
    );
    const auto added = journal->enqueue(anna, deals, {"i2"}, "s2", at(2));
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, agent::errc::journal);
    EXPECT_EQ(listed(*journal), "i1 queued\n");
    EXPECT_EQ(journal->sync_state(anna, "f1").value(), "s1");
}

TEST_F(JournalTest, ASecondAgentOnTheSameJournalIsRefused) {
    auto journal = open();
    const auto second = Journal::open(path_);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, agent::errc::journal);
    EXPECT_EQ(
        folder_.without_path(second.error().text),
        "journal journal: another agent is running on it; stop that one first"
    );
    journal.reset();
    EXPECT_TRUE(Journal::open(path_));
}

TEST_F(JournalTest, QueueLooksBesideARunningAgent) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, deals, {"i1"}, "s1", at(1)));
    const auto beside = Journal::open_beside(path_).value();
    Job job = beside->next(anna, at(1)).value().value();
    job.note = "seen";
    ASSERT_TRUE(beside->save(job, job.changed).value());
    EXPECT_EQ(journal->find(job.id).value()->note, "seen");
}

TEST_F(JournalTest, QueueDoesNotMakeAJournal) {
    const auto beside = Journal::open_beside(path_);
    ASSERT_FALSE(beside);
    EXPECT_EQ(
        folder_.without_path(beside.error().text),
        "journal journal: there is none yet; the agent makes it"
    );
    EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(JournalTest, AJournalOfANewerVersionIsLeftAlone) {
    open().reset();
    tamper(path_, "PRAGMA user_version = 2");
    const auto journal = Journal::open(path_);
    ASSERT_FALSE(journal);
    EXPECT_EQ(
        folder_.without_path(journal.error().text),
        "journal journal: written by a newer version of mailferry; use that one"
    );
}

TEST_F(JournalTest, WhatIsNoJournalIsRefused) {
    folder_.write("journal", std::string(4096, 'x'));
    const auto journal = Journal::open(path_);
    ASSERT_FALSE(journal);
    EXPECT_EQ(journal.error().code, agent::errc::journal);
}

TEST_F(JournalTest, AFolderThatIsMissingIsNamedWithTheRemedy) {
    const auto journal = Journal::open(folder_.file("missing/journal"));
    ASSERT_FALSE(journal);
    EXPECT_EQ(
        folder_.without_path(journal.error().text),
        "journal missing/journal.lock: cannot be made; check that the folder exists and may be "
        "written"
    );
}

TEST(Journal, EveryStateHasAName) {
    for (const State state :
         {State::queued, State::planned, State::archived, State::done, State::failed}) {
        EXPECT_EQ(agent::state(to_text(state)), state);
    }
    EXPECT_EQ(agent::state("lost"), std::nullopt);
}

TEST(Journal, TheMarkNamesMailboxAndItemAndSurvivesARestart) {
    Job job;
    job.mailbox = anna;
    job.item = "i1";
    const std::string mark = mark_of(job);
    job.state = State::archived;
    job.attempts = 7;
    EXPECT_EQ(mark_of(job), mark);
    EXPECT_EQ(mark.substr(0, 6), "filed:");
    job.item = "i2";
    EXPECT_NE(mark_of(job), mark);
    job.item = "i1";
    job.mailbox = "bob@us.example";
    EXPECT_NE(mark_of(job), mark);
}

TEST(JournalThread, WorksElsewhereAndComesBackToTheCaller) {
    boost::asio::io_context context;
    agent::JournalThread thread(Journal::open(":memory:").value());
    const auto here = std::this_thread::get_id();
    auto where = [](Journal&) {
        return agent::Result<std::thread::id>(std::this_thread::get_id());
    };
    auto look = [&]() -> boost::asio::awaitable<std::thread::id> {
        agent::Result<std::thread::id> there = co_await thread.run(where);
        EXPECT_TRUE(*there != here);
        co_return std::this_thread::get_id();
    };
    EXPECT_TRUE(agent_test::run(context, look()) == here);
}

}  // namespace
