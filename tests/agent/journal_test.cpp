#include "agent/journal.hpp"

#include <gtest/gtest.h>

#include <utility>
#include <sqlite3.h>

#include "agent/journal_thread.hpp"
#include "crm/embedded/database.hpp"
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

std::vector<agent::NewItem> items(std::vector<std::string> ids) {
    std::vector<agent::NewItem> list;
    for (std::string& id : ids) list.push_back({std::move(id)});
    return list;
}

agent::FolderProgress upto(std::string sync_state) {
    return {std::move(sync_state), at(0), false};
}

std::string sync_state(Journal& journal, const std::string& mailbox, const std::string& folder) {
    return journal.progress(mailbox, folder).value().value_or(agent::FolderProgress{}).sync_state;
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
    EXPECT_EQ(journal->enqueue(anna, deals, items({"i1", "i2", "i1"}), upto("s1"), at(1)).value(), 2);
    EXPECT_EQ(journal->enqueue(anna, deals, items({"i2", "i3"}), upto("s2"), at(2)).value(), 1);
    EXPECT_EQ(listed(*journal), "i1 queued\ni2 queued\ni3 queued\n");
    EXPECT_EQ(sync_state(*journal, anna, "f1"), "s2");
}

TEST_F(JournalTest, AnItemThatIsDoneIsNotQueuedAgain) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, deals, items({"i1"}), upto("s1"), at(1)));
    Job job = journal->next(anna, at(1)).value().value();
    job.state = State::done;
    ASSERT_TRUE(journal->save(job, job.changed).value());
    EXPECT_EQ(journal->enqueue(anna, deals, items({"i1"}), upto("s2"), at(2)).value(), 0);
    EXPECT_EQ(listed(*journal), "i1 done\n");
}

TEST_F(JournalTest, WhoAsksAgainBeginsAnewOnceTheFirstHasEnded) {
    const auto journal = open();
    const std::vector<agent::NewItem> asked{{"i1", true}};
    EXPECT_EQ(journal->enqueue(anna, deals, asked, upto("s1"), at(1)).value(), 1);
    EXPECT_EQ(journal->enqueue(anna, deals, asked, upto("s2"), at(2)).value(), 0) << "under way";
    Job job = journal->next(anna, at(2)).value().value();
    job.state = State::done;
    job.decision = job.outcome = job.record = job.note = "x";
    job.attempts = 3;
    job.changed = at(3);
    ASSERT_TRUE(journal->save(job, at(1)).value());
    EXPECT_EQ(journal->enqueue(anna, deals, asked, upto("s3"), at(2)).value(), 1);
    const Job again = journal->next(anna, at(2)).value().value();
    EXPECT_EQ(again.id, job.id);
    EXPECT_EQ(again.state, State::queued);
    EXPECT_EQ(again.decision + again.outcome + again.record + again.note, "");
    EXPECT_EQ(again.attempts, 0);
    EXPECT_GT(again.changed, job.changed) << "who has read the job before must not write over it";
}

TEST_F(JournalTest, ProgressIsKeptUntilTheFolderIsNotWatchedAnyMore) {
    const auto journal = open();
    const agent::WatchedFolder inbox{"f2", "Inbox", rules::role("inbox").value()};
    const agent::FolderProgress begun{"s1", at(7), true};
    EXPECT_EQ(journal->progress(anna, "f2").value(), std::nullopt);
    ASSERT_TRUE(journal->enqueue(anna, inbox, {}, begun, at(1)));
    ASSERT_TRUE(journal->enqueue(anna, deals, {}, upto("s2"), at(1)));
    ASSERT_TRUE(journal->enqueue("bob@us.example", inbox, {}, begun, at(1)));
    EXPECT_EQ(journal->progress(anna, "f2").value(), begun);
    ASSERT_TRUE(journal->keep_folders(anna, {deals, inbox}));
    EXPECT_EQ(journal->progress(anna, "f2").value(), begun);
    ASSERT_TRUE(journal->keep_folders(anna, {deals}));
    EXPECT_EQ(journal->progress(anna, "f2").value(), std::nullopt);
    EXPECT_EQ(sync_state(*journal, anna, "f1"), "s2");
    EXPECT_EQ(journal->progress("bob@us.example", "f2").value(), begun);
}

TEST_F(JournalTest, AJournalOfTheFirstVersionIsTakenOver) {
    tamper(path_, R"(
        CREATE TABLE folder (mailbox TEXT NOT NULL, folder TEXT NOT NULL, role TEXT NOT NULL, name TEXT NOT NULL,
            sync_state TEXT NOT NULL, PRIMARY KEY (mailbox, folder)) STRICT;
        CREATE TABLE job (id INTEGER PRIMARY KEY AUTOINCREMENT, mailbox TEXT NOT NULL, item TEXT NOT NULL,
            role TEXT NOT NULL, state TEXT NOT NULL, subject TEXT NOT NULL DEFAULT '',
            message_id TEXT NOT NULL DEFAULT '', decision TEXT NOT NULL DEFAULT '', record TEXT NOT NULL DEFAULT '',
            outcome TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', attempts INTEGER NOT NULL DEFAULT 0,
            due INTEGER NOT NULL, queued INTEGER NOT NULL, changed INTEGER NOT NULL, UNIQUE (mailbox, item)) STRICT;
        INSERT INTO folder VALUES ('anna@us.example', 'f1', 'create-new/case', 'x', 's1');
        INSERT INTO job (mailbox, item, role, state, due, queued, changed)
            VALUES ('anna@us.example', 'i1', 'create-new/opportunity', 'done', 1, 1, 1);
        PRAGMA user_version = 1;
    )");
    const auto beside = Journal::open_beside(path_);
    ASSERT_FALSE(beside) << "an agent of that version may be working on it";
    EXPECT_EQ(
        folder_.without_path(beside.error().text),
        "journal journal: written by an older version of mailferry; start the agent of this one"
    );
    const auto journal = open();
    EXPECT_EQ(sync_state(*journal, anna, "f1"), "") << "read anew";
    EXPECT_EQ(journal->enqueue(anna, deals, items({"i1"}), upto("s1"), at(1)).value(), 0) << "which doubles nothing";
    EXPECT_EQ(listed(*journal), "i1 done\n");
}

TEST_F(JournalTest, EveryMailboxHasItsOwnItemsAndSyncStates) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, deals, items({"i1"}), upto("s1"), at(1)));
    EXPECT_EQ(sync_state(*journal, "bob@us.example", "f1"), "");
    EXPECT_EQ(sync_state(*journal, anna, "f2"), "");
    EXPECT_EQ(journal->next("bob@us.example", at(9)).value(), std::nullopt);
    EXPECT_EQ(journal->next_due("bob@us.example").value(), std::nullopt);
    EXPECT_EQ(journal->enqueue("bob@us.example", deals, items({"i1"}), upto("s1"), at(1)).value(), 1);
}

TEST_F(JournalTest, WhatHasBeenDueLongestComesNext) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, deals, items({"i1", "i2", "i3"}), upto("s1"), at(1)));
    Job job = journal->next(anna, at(1)).value().value();
    EXPECT_EQ(job.item, "i1");
    job.due = at(60);
    ASSERT_TRUE(journal->save(job, job.changed).value());
    EXPECT_EQ(journal->next(anna, at(60)).value()->item, "i2");
    EXPECT_EQ(journal->next_due(anna).value(), at(1));
}

TEST_F(JournalTest, WhatIsNotYetDueWaits) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, deals, items({"i1"}), upto("s1"), at(5)));
    EXPECT_EQ(journal->next(anna, at(4)).value(), std::nullopt);
    EXPECT_EQ(journal->next_due(anna).value(), at(5));
    EXPECT_EQ(journal->next(anna, at(5)).value()->item, "i1");
}

TEST_F(JournalTest, WhatIsDoneOrGivenUpIsNotDueAnyMore) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, deals, items({"i1", "i2"}), upto("s1"), at(1)));
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
    ASSERT_TRUE(journal->enqueue(anna, deals, items({"i1"}), upto("s1"), at(1)));
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
    ASSERT_TRUE(journal->enqueue(anna, deals, items({"i1"}), upto("s1"), at(1)));
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
        ASSERT_TRUE(journal->enqueue(anna, deals, items({"i1"}), upto("s1"), at(1)));
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
    EXPECT_EQ(sync_state(*journal, anna, "f1"), "s1");
    EXPECT_EQ(journal->find(job.id + 1).value(), std::nullopt);
}

TEST_F(JournalTest, ItemsAndSyncStateGoTogetherOrNotAtAll) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, deals, items({"i1"}), upto("s1"), at(1)));
    tamper(
        path_,
        "CREATE TRIGGER full BEFORE UPDATE ON folder BEGIN SELECT RAISE(ABORT, 'no space'); END"
    );
    const auto added = journal->enqueue(anna, deals, items({"i2"}), upto("s2"), at(2));
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, agent::errc::journal);
    EXPECT_EQ(listed(*journal), "i1 queued\n");
    EXPECT_EQ(sync_state(*journal, anna, "f1"), "s1");
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
    ASSERT_TRUE(journal->enqueue(anna, deals, items({"i1"}), upto("s1"), at(1)));
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
    tamper(path_, "PRAGMA user_version = 99");
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

/// Works that are asked for at once, so that they share a commit; what became of each.
std::vector<agent::Result<int>> run_at_once(
    agent::JournalThread& thread, std::vector<std::function<agent::Result<int>(Journal&)>> works
) {
    boost::asio::io_context context;
    std::vector<std::future<agent::Result<int>>> futures;
    for (auto& work : works) {
        futures.push_back(
            boost::asio::co_spawn(context, thread.run(std::move(work)), boost::asio::use_future)
        );
    }
    context.run();
    std::vector<agent::Result<int>> results;
    for (auto& future : futures) results.push_back(future.get());
    return results;
}

TEST_F(JournalTest, OneThatFailsDoesNotTakeTheOthersOfItsCommitAlong) {
    agent::JournalThread thread(open());
    const auto queue = [](const char* item) {
        return [item](Journal& journal) {
            return journal.enqueue(anna, deals, items({item}), upto("s"), at(1));
        };
    };
    const auto broken = [](Journal&) -> agent::Result<int> { throw std::runtime_error("out of luck"); };
    const auto results = run_at_once(thread, {queue("i1"), broken, queue("i2")});
    EXPECT_EQ(results.at(0).value(), 1);
    ASSERT_FALSE(results.at(1));
    EXPECT_EQ(results.at(1).error().code, agent::errc::journal);
    EXPECT_EQ(results.at(2).value(), 1);
    EXPECT_EQ(listed(*Journal::open_beside(path_).value()), "i1 queued\ni2 queued\n");
}

TEST_F(JournalTest, AGroupCannotBeginWhileAnotherProgramWrites) {
    const auto journal = open();
    auto other = crm::embedded::Database::open(path_, crm::embedded::Opening::write).value();
    other.run("BEGIN IMMEDIATE");
    const auto begun = journal->begin_group();
    ASSERT_FALSE(begun);
    EXPECT_EQ(begun.error().code, agent::errc::journal);
    other.run("ROLLBACK");
    ASSERT_TRUE(journal->begin_group());
    ASSERT_TRUE(journal->enqueue(anna, deals, items({"i1"}), upto("s1"), at(1)));
    ASSERT_TRUE(journal->end_group());
    EXPECT_EQ(listed(*journal), "i1 queued\n");
}

TEST_F(JournalTest, AnAbandonedGroupHasNotHappened) {
    const auto journal = open();
    ASSERT_TRUE(journal->begin_group());
    ASSERT_TRUE(journal->enqueue(anna, deals, items({"i1"}), upto("s1"), at(1)));
    journal->abandon_group();
    EXPECT_EQ(listed(*journal), "");
    ASSERT_TRUE(journal->begin_group());
    ASSERT_TRUE(journal->enqueue(anna, deals, items({"i2"}), upto("s2"), at(1)));
    ASSERT_TRUE(journal->end_group());
    EXPECT_EQ(listed(*journal), "i2 queued\n");
}

}  // namespace
