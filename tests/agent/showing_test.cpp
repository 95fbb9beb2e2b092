#include "agent/showing.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/agent/folder.hpp"
#include "tests/agent/run.hpp"
#include "tests/agent/story.hpp"
#include "tests/fakes/clock.hpp"
#include "tests/fakes/mailbox.hpp"

namespace {

using agent::errc;
using agent::Job;
using agent::Journal;
using agent::Shown;
using agent_test::anna;
using agent_test::count;
using agent_test::run;

/// One mail in a drop folder, with a category of its user's own, and its job.
class Showing : public testing::Test {
protected:
    Showing() {
        const agent::WatchedFolder deals{
            "deals", "- Create New Opportunity", agent_test::opportunity()};
        auto queue = [item = item_, deals, now = clock_.now()](Journal& journal) {
            return journal.enqueue(anna, deals, {{item}}, {}, now);
        };
        EXPECT_EQ(run(context_, journal_.run(queue)).value(), 1);
    }

    /// As it stands in the file, seen by another program.
    Job stored() const { return Journal::open_beside(path_).value()->list(true).value().front(); }

    void show(Job& job, Shown what) { run(context_, showing_.show(job, what)); }
    agent::Result<void> clear(Job& job) { return run(context_, showing_.clear(job)); }
    agent::Result<void> save(Job& job) { return run(context_, agent::save(journal_, clock_, job)); }

    /// What `mailferry queue give-up` does, beside the running agent.
    void give_up() const {
        Job job = stored();
        const agent::Time as_read = job.changed;
        job.state = agent::State::given_up;
        job.changed = as_read + std::chrono::seconds(5);
        EXPECT_TRUE(Journal::open_beside(path_).value()->save(job, as_read).value());
    }

    /// "[Category] [Category]" of every mail, a line each, its folder before it.
    std::string seen() const {
        std::string text;
        for (const auto& [id, item] : mailbox_.items) {
            text += item.folder;
            for (const std::string& category : item.categories) text += " [" + category + "]";
            text += "\n";
        }
        return text;
    }

    agent_test::LogCapture log_;
    agent_test::Folder folder_;
    std::string path_ = folder_.file("journal");
    fakes::Clock clock_;
    fakes::Mailbox mailbox_;
    std::string item_ = mailbox_.deliver("deals", agent_test::offer(), {"Mine"});
    rules::ProcessingCategories categories_;
    boost::asio::io_context context_;
    agent::JournalThread journal_{Journal::open(path_).value()};
    agent::Showing showing_{mailbox_, journal_, clock_, categories_};
};

TEST_F(Showing, APendingMailCarriesItsCategoryAndItsMark) {
    Job job = stored();
    show(job, Shown::pending);
    EXPECT_EQ(seen(), "deals [Mine] [Pending]\n");
    EXPECT_EQ(mailbox_.items.at(item_).mark, mark_of(job));
    EXPECT_EQ(job.shown, Shown::pending);
    EXPECT_EQ(stored(), job);
}

TEST_F(Showing, AnErrorTakesThePlaceOfPending) {
    Job job = stored();
    show(job, Shown::pending);
    show(job, Shown::error);
    EXPECT_EQ(seen(), "deals [Mine] [Processing Error]\n");
    EXPECT_EQ(mailbox_.items.at(item_).mark, mark_of(job)) << "by which it is still found";
    EXPECT_EQ(stored().shown, Shown::error);
    show(job, Shown::pending);
    EXPECT_EQ(seen(), "deals [Mine] [Pending]\n") << "and the other way round";
}

TEST_F(Showing, ThePolicySaysHowTheCategoriesAreNamed) {
    categories_.pending = "Wird bearbeitet";
    categories_.error = "Fehler";
    Job job = stored();
    show(job, Shown::pending);
    EXPECT_EQ(seen(), "deals [Mine] [Wird bearbeitet]\n");
    show(job, Shown::error);
    EXPECT_EQ(seen(), "deals [Mine] [Fehler]\n");
    EXPECT_TRUE(clear(job));
    EXPECT_EQ(seen(), "deals [Mine]\n");
}

TEST_F(Showing, ClearTakesAwayWhateverWasShown) {
    for (const Shown what : {Shown::pending, Shown::error}) {
        Job job = stored();
        show(job, what);
        EXPECT_TRUE(clear(job));
        EXPECT_EQ(seen(), "deals [Mine]\n");
        EXPECT_EQ(job.shown, Shown::nothing);
        EXPECT_EQ(stored(), job);
    }
}

TEST_F(Showing, WhereNothingWasShownNothingIsAsked) {
    Job job = stored();
    EXPECT_TRUE(clear(job));
    run(context_, showing_.follow(job));
    EXPECT_TRUE(mailbox_.calls.empty());
    EXPECT_EQ(stored(), job);
}

TEST_F(Showing, WhatIsShownIsInTheJournalBeforeAndUntilItIsGone) {
    std::vector<std::string> journal;
    mailbox_.before = [&](const std::string& operation) -> std::optional<agent::Error> {
        journal.push_back("before " + operation + ": " + std::string(to_text(stored().shown)));
        return std::nullopt;
    };
    mailbox_.after = [&](const std::string& operation) -> std::optional<agent::Error> {
        journal.push_back("after " + operation + ": " + std::string(to_text(stored().shown)));
        return std::nullopt;
    };
    Job job = stored();
    show(job, Shown::pending);
    show(job, Shown::error);
    EXPECT_TRUE(clear(job));
    const std::vector<std::string> expected{
        "before mark: pending",
        "after mark: pending",
        "before mark: error",
        "after mark: error",
        "before mark: error",
        "after mark: error",
    };
    EXPECT_EQ(journal, expected);
    EXPECT_EQ(stored().shown, Shown::nothing);
}

TEST_F(Showing, AMailboxThatRefusesIsLoggedAndStopsNothing) {
    mailbox_.fail("mark", 1, {errc::transient, "the server is busy", {}});
    Job job = stored();
    show(job, Shown::pending);
    EXPECT_EQ(seen(), "deals [Mine]\n");
    EXPECT_EQ(stored().shown, Shown::pending) << "its answer may have been lost";
    job.note = "goes on";
    EXPECT_TRUE(save(job));
    const std::string log = log_.text();
    EXPECT_EQ(count(log, "unmarked"), 1);
    EXPECT_EQ(count(log, "the server is busy"), 1);
}

TEST_F(Showing, WhatCouldNotBeTakenAwayStaysInTheJournal) {
    Job job = stored();
    show(job, Shown::pending);
    mailbox_.fail("mark", 2, {errc::unreachable, "no connection", {}});
    const auto cleared = clear(job);
    ASSERT_FALSE(cleared);
    EXPECT_EQ(cleared.error().text, "no connection");
    EXPECT_EQ(job.shown, Shown::pending);
    EXPECT_EQ(stored(), job);
    EXPECT_TRUE(clear(job)) << "once it is there again";
    EXPECT_EQ(seen(), "deals [Mine]\n");
}

TEST_F(Showing, ALostAnswerIsRepeated) {
    Job job = stored();
    mailbox_.lose_answer("mark", 1, {errc::unreachable, "no connection", {}});
    show(job, Shown::pending);
    EXPECT_EQ(seen(), "deals [Mine] [Pending]\n");
    mailbox_.lose_answer("mark", 2, {errc::unreachable, "no connection", {}});
    EXPECT_FALSE(clear(job));
    EXPECT_EQ(seen(), "deals [Mine]\n");
    EXPECT_TRUE(clear(job));
    EXPECT_EQ(seen(), "deals [Mine]\n");
    EXPECT_EQ(stored().shown, Shown::nothing);
}

TEST_F(Showing, AMailThatItsUserPutsBackIsFollowedAndLosesPending) {
    for (const std::string place : {"inbox", "sent-items"}) {
        Job job = stored();
        show(job, Shown::pending);
        const std::string item = mailbox_.drag(item_, place);
        EXPECT_TRUE(clear(job));
        EXPECT_EQ(seen(), place + " [Mine]\n");
        EXPECT_EQ(stored().shown, Shown::nothing);
        mailbox_.items[item_] = mailbox_.items.extract(item).mapped();  // as if it had never gone
    }
}

TEST_F(Showing, AMailThatHasGoneWhenItFailsIsFollowedToo) {
    Job job = stored();
    show(job, Shown::pending);
    mailbox_.drag(item_, "inbox");
    show(job, Shown::error);
    EXPECT_EQ(seen(), "inbox [Mine]\n");
    EXPECT_EQ(job.shown, Shown::nothing);
    EXPECT_EQ(stored(), job);
}

TEST_F(Showing, AnotherMailInTheInboxIsLeftAlone) {
    Job job = stored();
    show(job, Shown::pending);
    mailbox_.items.erase(item_);
    mailbox_.deliver("inbox", agent_test::offer(), {"Pending"});
    EXPECT_TRUE(clear(job)) << "its user has deleted it: there is nothing to take away";
    EXPECT_EQ(seen(), "inbox [Pending]\n");
    EXPECT_EQ(stored().shown, Shown::nothing);
}

TEST_F(Showing, AJobThatAnAdminHasChangedMeanwhileIsNotShown) {
    Job job = stored();
    give_up();
    show(job, Shown::pending);
    EXPECT_TRUE(mailbox_.calls.empty());
    EXPECT_EQ(stored().state, agent::State::given_up);
    EXPECT_EQ(stored().shown, Shown::nothing);
}

TEST_F(Showing, AJobThatAnAdminHasChangedMeanwhileStaysTheirsAlsoWhenItIsCleared) {
    Job job = stored();
    show(job, Shown::pending);
    give_up();
    const auto cleared = clear(job);
    ASSERT_FALSE(cleared);
    EXPECT_EQ(cleared.error().code, errc::overtaken);
    EXPECT_EQ(stored().state, agent::State::given_up);
    EXPECT_EQ(stored().shown, Shown::pending) << "which is looked after once more";
    Job theirs = stored();
    EXPECT_TRUE(clear(theirs));
    EXPECT_EQ(stored().shown, Shown::nothing);
}

TEST_F(Showing, SaveTellsEveryWritingApartAlsoWhereTheClockStandsStill) {
    Job job = stored();
    const Job first = job;
    EXPECT_TRUE(save(job));
    EXPECT_GT(job.changed, first.changed);
    EXPECT_EQ(stored(), job);
    Job late = first;
    const auto saved = save(late);
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().code, errc::overtaken);
    EXPECT_EQ(stored(), job);
}

TEST_F(Showing, WhatCouldNotBeLookedForStaysInTheJournal) {
    Job job = stored();
    show(job, Shown::pending);
    mailbox_.drag(item_, "inbox");
    mailbox_.fail("find_marked", 1, {errc::unreachable, "no connection", {}});
    mailbox_.fail("find_marked", 2, {errc::unreachable, "no connection", {}});
    clear(job);
    EXPECT_EQ(seen(), "inbox [Mine] [Pending]\n");
    EXPECT_EQ(stored().shown, Shown::pending) << "else it is Pending for ever";
}

TEST_F(Showing, WhatWasFoundAndCouldNotBeTakenAwayStaysInTheJournal) {
    Job job = stored();
    show(job, Shown::pending);
    mailbox_.drag(item_, "inbox");
    mailbox_.fail("mark", 3, {errc::unreachable, "no connection", {}});  // 2: the one that has gone
    clear(job);
    EXPECT_EQ(stored().shown, Shown::pending) << "else it is Pending for ever";
}

TEST_F(Showing, WhoWasOvertakenOnceDoesNotOverwriteTheNextTime) {
    Job mine = stored(), theirs = mine;
    theirs.state = agent::State::given_up;
    EXPECT_TRUE(save(theirs));
    show(mine, Shown::pending);
    const auto saved = save(mine);
    EXPECT_FALSE(saved) << "the same millisecond, or a clock that was put back";
    EXPECT_EQ(stored().state, agent::State::given_up);
}

TEST_F(Showing, AMailInErrorThatWasNeverPendingIsFollowedToo) {
    Job job = stored();
    show(job, Shown::error);
    mailbox_.drag(item_, "inbox");
    EXPECT_TRUE(clear(job));
    EXPECT_EQ(seen(), "inbox [Mine]\n");
}

}  // namespace
