#include "agent/journal.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <utility>

#include "agent/journal_thread.hpp"
#include "crm/embedded/database.hpp"
#include "tests/agent/folder.hpp"
#include "tests/agent/run.hpp"
#include "tests/agent/story.hpp"

namespace {

using agent::Job;
using agent::Journal;
using agent::Shown;
using agent::State;
using agent::Time;
using agent::Which;
using agent_test::anna;

const char* const bob = "bob@us.example";
const agent::WatchedFolder deals{"f1", "- Create New Opportunity", agent_test::opportunity()};
const agent::WatchedFolder inbox{"f2", "Inbox", rules::role("inbox").value()};
const agent::WatchedFolder sent{"f3", "Sent Items", rules::role("sent-items").value()};

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

    /// "ITEM state" of every job.
    static std::string listed(Journal& journal, bool all = true) {
        std::string text;
        for (const Job& job : journal.list(all).value()) {
            text += job.item + " " + std::string(to_text(job.state)) + "\n";
        }
        return text;
    }

    /// Their items, by spaces.
    static std::string items_of(const agent::Result<std::vector<Job>>& jobs) {
        std::string text;
        for (const Job& job : jobs.value()) text += (text.empty() ? "" : " ") + job.item;
        return text;
    }

    /// Queues an item and writes its job as `change` makes it.
    template <class Change>
    static Job add(
        Journal& journal,
        const std::string& item,
        const Change& change,
        const std::string& mailbox = anna,
        const agent::WatchedFolder& folder = deals
    ) {
        EXPECT_EQ(journal.enqueue(mailbox, folder, {{item}}, upto("s"), at(1)).value(), 1);
        Job job = journal.list(true).value().back();
        const Time as_read = job.changed;
        change(job);
        EXPECT_TRUE(journal.save(job, as_read).value());
        return job;
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
    const agent::FolderProgress begun{"s1", at(7), true};
    EXPECT_EQ(journal->progress(anna, "f2").value(), std::nullopt);
    ASSERT_TRUE(journal->enqueue(anna, inbox, {}, begun, at(1)));
    ASSERT_TRUE(journal->enqueue(anna, deals, {}, upto("s2"), at(1)));
    ASSERT_TRUE(journal->enqueue(bob, inbox, {}, begun, at(1)));
    EXPECT_EQ(journal->progress(anna, "f2").value(), begun);
    ASSERT_TRUE(journal->keep_folders(anna, {deals, inbox}));
    EXPECT_EQ(journal->progress(anna, "f2").value(), begun);
    ASSERT_TRUE(journal->keep_folders(anna, {deals}));
    EXPECT_EQ(journal->progress(anna, "f2").value(), std::nullopt);
    EXPECT_EQ(sync_state(*journal, anna, "f1"), "s2");
    EXPECT_EQ(journal->progress(bob, "f2").value(), begun);
}

TEST_F(JournalTest, EveryMailboxHasItsOwnItemsAndSyncStates) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, deals, items({"i1"}), upto("s1"), at(1)));
    EXPECT_EQ(sync_state(*journal, bob, "f1"), "");
    EXPECT_EQ(sync_state(*journal, anna, "f2"), "");
    EXPECT_EQ(journal->next(bob, at(9)).value(), std::nullopt);
    EXPECT_EQ(journal->next_due(bob).value(), std::nullopt);
    EXPECT_EQ(journal->enqueue(bob, deals, items({"i1"}), upto("s1"), at(1)).value(), 1);
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

TEST_F(JournalTest, AFewComeTogetherDroppedOnesByThemselves) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, inbox, items({"c1", "c2"}), upto("s"), at(1)));
    const auto names = [&journal](int limit) {
        std::string text;
        for (const Job& job : journal->next_few(anna, at(5), Which::all, limit).value()) text += job.item + " ";
        return text;
    };
    EXPECT_EQ(names(9), "c1 c2 ");
    ASSERT_TRUE(journal->enqueue(anna, deals, items({"d1", "d2", "d3"}), upto("s"), at(2)));
    EXPECT_EQ(names(9), "d1 d2 d3 ");
    EXPECT_EQ(names(2), "d1 d2 ");
}

TEST_F(JournalTest, WhatIsNotYetDueWaits) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, deals, items({"i1"}), upto("s1"), at(5)));
    EXPECT_EQ(journal->next(anna, at(4)).value(), std::nullopt);
    EXPECT_EQ(journal->next_due(anna).value(), at(5));
    EXPECT_EQ(journal->next(anna, at(5)).value()->item, "i1");
}

TEST_F(JournalTest, WhatWasDroppedComesBeforeWhatIsCapturedAutomatically) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, inbox, items({"i1"}), upto("s1"), at(1)));
    ASSERT_TRUE(journal->enqueue(anna, sent, items({"i2"}), upto("s1"), at(2)));
    ASSERT_TRUE(journal->enqueue(anna, deals, items({"i3", "i4"}), upto("s1"), at(3)));
    std::string order;
    while (auto job = journal->next(anna, at(9)).value()) {
        order += job->item + " ";
        job->state = State::done;
        ASSERT_TRUE(journal->save(*job, job->changed).value());
    }
    EXPECT_EQ(order, "i3 i4 i1 i2 ");
}

TEST_F(JournalTest, WhatWasDroppedAndIsNotDueHoldsNothingUp) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, inbox, items({"i1"}), upto("s1"), at(1)));
    ASSERT_TRUE(journal->enqueue(anna, deals, items({"i2"}), upto("s1"), at(5)));
    EXPECT_EQ(journal->next(anna, at(4)).value()->item, "i1");
    EXPECT_EQ(journal->next(anna, at(5)).value()->item, "i2");
}

TEST_F(JournalTest, WhoAsksForDroppedMailsSeesNoOthers) {
    const auto journal = open();
    ASSERT_TRUE(journal->enqueue(anna, inbox, items({"i1"}), upto("s1"), at(1)));
    ASSERT_TRUE(journal->enqueue(anna, sent, items({"i2"}), upto("s1"), at(1)));
    EXPECT_EQ(journal->next(anna, at(9), Which::dropped).value(), std::nullopt);
    EXPECT_EQ(journal->next_due(anna, Which::dropped).value(), std::nullopt);
    ASSERT_TRUE(journal->enqueue(anna, deals, items({"i3"}), upto("s1"), at(3)));
    EXPECT_EQ(journal->next(anna, at(9), Which::dropped).value()->item, "i3");
    EXPECT_EQ(journal->next_due(anna, Which::dropped).value(), at(3));
    EXPECT_EQ(journal->next_due(anna).value(), at(1));
}

TEST_F(JournalTest, WhatIsAskedForAgainShowsStillWhatItShowed) {
    const auto journal = open();
    const auto failed = [](Job& job) {
        job.state = State::failed;
        job.shown = Shown::error;
        job.original = "i0";
    };
    add(*journal, "i1", failed);
    ASSERT_EQ(journal->enqueue(anna, deals, {{"i1", true}}, upto("s2"), at(2)).value(), 1);
    const Job again = journal->next(anna, at(2)).value().value();
    EXPECT_EQ(again.shown, Shown::error) << "until it is taken away";
    EXPECT_EQ(again.original, "");
}

constexpr int day = 24 * 3600;

TEST_F(JournalTest, WhatWaitsIsDueWhereTheClockWasPutBack) {
    const auto journal = open();
    const auto waits = [](Job& job) {
        job.due = at(2 * day + 3600);
        job.changed = at(2 * day);
    };
    add(*journal, "i1", waits);
    EXPECT_EQ(journal->next(anna, at(2 * day)).value(), std::nullopt);
    EXPECT_EQ(journal->next(anna, at(2 * day - 60)).value(), std::nullopt)
        << "clocks differ a little";
    EXPECT_EQ(journal->next(anna, at(2 * day - 61)).value()->item, "i1");
    EXPECT_EQ(journal->next(anna, at(day)).value()->item, "i1");
    EXPECT_EQ(journal->next(anna, at(day), Which::dropped).value()->item, "i1");
    EXPECT_EQ(journal->next(bob, at(day)).value(), std::nullopt);
}

TEST_F(JournalTest, AClockThatWasPutBackMakesNothingElseDue) {
    const auto journal = open();
    const auto in_future = [](Job& job) {
        job.due = at(2 * day + 3600);
        job.changed = at(2 * day);
    };
    const auto done = [](Job& job) {
        job.state = State::done;
        job.changed = at(2 * day);
    };
    const auto parked = [](Job& job) {
        job.due = at(2 * day) + std::chrono::years(100);
        job.changed = at(2 * day);
    };
    add(*journal, "i1", in_future, anna, inbox);
    add(*journal, "i2", done);
    add(*journal, "i3", parked);
    EXPECT_EQ(journal->next(anna, at(day), Which::dropped).value(), std::nullopt);
    EXPECT_EQ(journal->next(anna, at(day)).value()->item, "i1");
}

TEST_F(JournalTest, WhatIsDueComesBeforeWhatTheClockHasLeftBehind) {
    const auto journal = open();
    const auto waits = [](Job& job) {
        job.due = at(2 * day + 3600);
        job.changed = at(2 * day);
    };
    add(*journal, "i1", waits);
    ASSERT_TRUE(journal->enqueue(anna, inbox, items({"i2"}), upto("s1"), at(day)));
    EXPECT_EQ(journal->next(anna, at(day)).value()->item, "i2");
}

TEST_F(JournalTest, WhatWaitsAndShowsNothingIsShownWrongly) {
    const auto journal = open();
    const auto as_it_is = [](Job&) {};
    const auto pending = [](Job& job) { job.shown = Shown::pending; };
    const auto in_error = [](Job& job) { job.shown = Shown::error; };
    const auto failed = [](Job& job) { job.state = State::failed; };
    const auto later = [](Job& job) { job.due = at(60); };
    add(*journal, "i1", as_it_is);
    add(*journal, "i2", pending);
    add(*journal, "i3", in_error);
    add(*journal, "i4", failed);
    add(*journal, "i5", later);
    add(*journal, "i6", as_it_is, bob);
    add(*journal, "i7", as_it_is, anna, inbox);
    EXPECT_EQ(items_of(journal->shown_wrongly(anna, at(0), 9)), "") << "they have just come";
    EXPECT_EQ(items_of(journal->shown_wrongly(anna, at(1), 9)), "i1 i7");
    EXPECT_EQ(items_of(journal->shown_wrongly(anna, at(60), 9)), "i1 i5 i7");
    EXPECT_EQ(items_of(journal->shown_wrongly(anna, at(60), 1)), "i1");
}

TEST_F(JournalTest, WhatIsPendingAndDoesNotWaitAnyMoreIsShownWronglyToo) {
    const auto journal = open();
    for (const State state : agent::all_states) {
        const auto pending = [state](Job& job) {
            job.state = state;
            job.shown = Shown::pending;
        };
        add(*journal, std::string(to_text(state)), pending);
    }
    const auto given_up_in_error = [](Job& job) {
        job.state = State::given_up;
        job.shown = Shown::error;
    };
    add(*journal, "i7", given_up_in_error);
    EXPECT_EQ(items_of(journal->shown_wrongly(anna, at(0), 9)), "done failed given-up");
    EXPECT_EQ(items_of(journal->shown_wrongly(anna, at(0), 2)), "done failed");
    EXPECT_EQ(
        items_of(journal->shown_pending(anna, 9)), "queued planned archived done failed given-up"
    );
    EXPECT_EQ(items_of(journal->shown_pending(anna, 4)), "queued planned archived done");
    EXPECT_EQ(items_of(journal->shown_pending(bob, 9)), "");
}

TEST_F(JournalTest, WhatFailedOrIsTriedInVainIsOutstanding) {
    const auto journal = open();
    int number = 0;
    for (const Shown shown : {Shown::nothing, Shown::pending, Shown::error}) {
        for (const State state : agent::all_states) {
            const auto change = [=](Job& job) {
                job.state = state;
                job.shown = shown;
            };
            const std::string item = fmt::format("{}{}", to_text(state), ++number);
            add(*journal, item, change);
        }
    }
    EXPECT_EQ(
        items_of(journal->outstanding(anna)),
        "failed5 failed11 queued13 planned14 archived15 failed17"
    );
    EXPECT_EQ(items_of(journal->outstanding(bob)), "");
}

TEST_F(JournalTest, OutstandingErrorsAreCountedByMailbox) {
    const auto journal = open();
    EXPECT_TRUE(journal->outstanding().value().empty());
    const auto failed = [](Job& job) { job.state = State::failed; };
    const auto in_vain = [](Job& job) { job.shown = Shown::error; };
    const auto pending = [](Job& job) { job.shown = Shown::pending; };
    add(*journal, "i1", failed);
    add(*journal, "i2", in_vain, anna, inbox);
    add(*journal, "i3", failed, bob);
    add(*journal, "i4", pending, "eve@us.example");
    const std::map<std::string, int> expected{{anna, 2}, {bob, 1}};
    EXPECT_EQ(journal->outstanding().value(), expected);
}

TEST_F(JournalTest, JobsAreListedOfOneMailboxOrOfAll) {
    const auto journal = open();
    const auto as_it_is = [](Job&) {};
    const auto done = [](Job& job) { job.state = State::done; };
    const auto given_up = [](Job& job) { job.state = State::given_up; };
    add(*journal, "i1", as_it_is);
    add(*journal, "i2", done, bob);
    add(*journal, "i3", as_it_is, bob);
    add(*journal, "i4", given_up, bob);
    EXPECT_EQ(items_of(journal->list(true)), "i1 i2 i3 i4");
    EXPECT_EQ(items_of(journal->list(false)), "i1 i3");
    EXPECT_EQ(items_of(journal->list(true, bob)), "i2 i3 i4");
    EXPECT_EQ(items_of(journal->list(false, bob)), "i3");
    EXPECT_EQ(items_of(journal->list(true, "eve@us.example")), "");
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
        job.original = "i0";
        job.shown = Shown::error;
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

TEST(Journal, EveryStateHasAName) {
    for (const State state : agent::all_states) {
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
    job.mailbox = bob;
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
    boost::asio::io_context& context,
    agent::JournalThread& thread,
    std::vector<std::function<agent::Result<int>(Journal&)>> works
) {
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
    boost::asio::io_context context;
    agent::JournalThread thread(open());
    const auto queue = [](const char* item) {
        return [item](Journal& journal) {
            return journal.enqueue(anna, deals, items({item}), upto("s"), at(1));
        };
    };
    const auto broken = [](Journal&) -> agent::Result<int> { throw std::runtime_error("out of luck"); };
    const auto results = run_at_once(context, thread, {queue("i1"), broken, queue("i2")});
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
