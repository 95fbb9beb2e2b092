// What agent/journal_upkeep.cpp implements of Journal: upkeep, requests, mailboxes, notices.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <utility>

#include "agent/journal.hpp"
#include "agent/limits.hpp"
#include "tests/agent/folder.hpp"
#include "tests/agent/story.hpp"

namespace {

using agent::Job;
using agent::Journal;
using agent::PendingNotice;
using agent::Request;
using agent::Shown;
using agent::State;
using agent::Time;
using agent_test::anna;

const char* const bob = "bob@us.example";
const agent::WatchedFolder deals{"f1", "- Create New Opportunity", agent_test::opportunity()};
const agent::WatchedFolder inbox{"f2", "Inbox", rules::role("inbox").value()};

Time at(int seconds) {
    return Time(std::chrono::seconds(seconds));
}

class JournalUpkeep : public testing::Test {
protected:
    std::unique_ptr<Journal> beside() const { return Journal::open_beside(path_).value(); }

    /// A job that was queued and changed at that moment.
    Job add(
        const std::string& item,
        State state,
        Time when = at(1),
        const agent::WatchedFolder& folder = deals,
        const std::string& mailbox = anna
    ) {
        EXPECT_EQ(
            journal_->enqueue(mailbox, folder, {{item}}, {"s1", at(1), false}, when).value(), 1
        );
        Job job = journal_->list(true).value().back();
        job.state = state;
        return save(job, when);
    }

    Job save(Job job, Time when) {
        const Time as_read = std::exchange(job.changed, when);
        EXPECT_TRUE(journal_->save(job, as_read).value());
        return job;
    }

    /// "ITEM STATE" of every job, a line each.
    static std::string listed(Journal& journal, const std::string& mailbox = "") {
        std::string text;
        for (const Job& job : journal.list(true, mailbox).value()) {
            text += job.item + " " + std::string(to_text(job.state)) + "\n";
        }
        return text;
    }
    std::string listed() { return listed(*journal_); }

    /// How far the folder of that mailbox has been read: "STATE", "STATE begins" or "never".
    std::string progress(const std::string& folder, const std::string& mailbox = anna) {
        const auto progress = journal_->progress(mailbox, folder).value();
        if (!progress) return "never";
        return "'" + progress->sync_state + "'" + (progress->from_start ? " begins" : "");
    }

    agent_test::Folder folder_;
    std::string path_ = folder_.file("journal");
    std::unique_ptr<Journal> journal_ = Journal::open(path_).value();
};

TEST_F(JournalUpkeep, PruneForgetsWhatWasDoneLongAgoAndNothingElse) {
    for (const State state : agent::all_states) {
        add(std::string(to_text(state)), state);
    }
    EXPECT_EQ(journal_->prune(at(2)).value(), 1U);
    EXPECT_EQ(
        listed(),
        "queued queued\nplanned planned\narchived archived\nfailed failed\ngiven-up given-up\n"
    );
}

TEST_F(JournalUpkeep, PruneKeepsWhatIsYoung) {
    add("old", State::done, at(1));
    add("queued long ago, done lately", State::done, at(2));
    save(journal_->list(true).value().back(), at(20));
    add("old, too", State::done, at(3));
    add("young", State::done, at(10));
    EXPECT_EQ(journal_->prune(at(10)).value(), 2U);
    EXPECT_EQ(listed(), "queued long ago, done lately done\nyoung done\n");
    EXPECT_EQ(journal_->prune(at(10)).value(), 0U);
}

TEST_F(JournalUpkeep, PruneForgetsABoundedNumberAtATime) {
    const std::size_t portion = agent::limits::pruned_at_once;
    std::vector<agent::NewItem> items;
    for (std::size_t i = 0; i < portion + 10; ++i) items.push_back({fmt::format("i{}", i)});
    ASSERT_TRUE(journal_->enqueue(anna, deals, items, {}, at(1)));
    ASSERT_TRUE(journal_->begin_group());
    for (Job& job : journal_->list(true).value()) {
        job.state = State::done;
        ASSERT_TRUE(journal_->save(job, at(1)).value());
    }
    ASSERT_TRUE(journal_->end_group());
    EXPECT_EQ(journal_->prune(at(2)).value(), portion);
    EXPECT_EQ(journal_->list(true).value().front().item, fmt::format("i{}", portion))
        << "the oldest first";
    EXPECT_EQ(journal_->prune(at(2)).value(), 10U);
    EXPECT_EQ(journal_->prune(at(2)).value(), 0U);
}

TEST_F(JournalUpkeep, WhatWasForgottenIsNewToTheJournal) {
    add("i1", State::done);
    EXPECT_EQ(journal_->prune(at(2)).value(), 1U);
    EXPECT_EQ(journal_->enqueue(anna, deals, {{"i1"}}, {}, at(3)).value(), 1);
    EXPECT_EQ(journal_->list(true).value().front().id, 2) << "no number is given twice";
}

TEST_F(JournalUpkeep, ACopyIsMadeWhileTheJournalIsWritten) {
    for (const char* const item : {"i1", "i2", "i3"}) add(item, State::done);
    journal_->ask({0, Request::Kind::resync, anna, "", at(1)}).value();
    journal_->freeze(anna, "Company CRM", at(1)).value();
    const std::string copy = folder_.file("copy");
    const auto other = beside();
    ASSERT_TRUE(journal_->begin_group());
    ASSERT_TRUE(journal_->enqueue(anna, deals, {{"i4"}}, {"s2", at(1), false}, at(2)));
    ASSERT_TRUE(other->back_up(copy));
    ASSERT_TRUE(journal_->end_group());
    add("i5", State::queued);
    const auto opened = Journal::open(copy).value();
    EXPECT_EQ(listed(*opened), "i1 done\ni2 done\ni3 done\n")
        << "what was committed when it was made";
    EXPECT_EQ(opened->progress(anna, "f1").value()->sync_state, "s1");
    EXPECT_EQ(opened->requests().value().size(), 1U);
    EXPECT_EQ(opened->mailbox(anna).value().category, "Company CRM");
    EXPECT_EQ(listed(), "i1 done\ni2 done\ni3 done\ni4 queued\ni5 queued\n");
}

TEST_F(JournalUpkeep, ACopyTakesNoOtherFilesPlace) {
    const std::string there = folder_.write("copy", "mine");
    const auto copied = journal_->back_up(there);
    ASSERT_FALSE(copied);
    EXPECT_EQ(folder_.without_path(copied.error().text), "copy: exists already; name a new file");
    EXPECT_EQ(std::filesystem::file_size(there), 4U);
    EXPECT_FALSE(journal_->back_up(path_)) << "nor that of the journal";
}

TEST_F(JournalUpkeep, ACopyThatCannotBeMadeIsToldAndTheJournalGoesOn) {
    const auto copied = journal_->back_up(folder_.file("missing/copy"));
    ASSERT_FALSE(copied);
    EXPECT_EQ(copied.error().code, agent::errc::journal);
    EXPECT_NE(copied.error().text.find("missing/copy"), std::string::npos);
    add("i1", State::queued);
    EXPECT_EQ(listed(), "i1 queued\n");
}

TEST_F(JournalUpkeep, ARequestIsReadByAnotherProgramAndAnsweredOnce) {
    const Request resync{1, Request::Kind::resync, anna, "inbox", at(7)};
    const Request reload{2, Request::Kind::reload, "", "", at(8)};
    ASSERT_TRUE(beside()->ask(resync));
    ASSERT_TRUE(beside()->ask(reload));
    EXPECT_EQ(journal_->requests().value(), (std::vector{resync, reload}))
        << "in the order of asking";
    ASSERT_TRUE(journal_->answered(1));
    EXPECT_EQ(beside()->requests().value(), std::vector{reload});
    ASSERT_TRUE(journal_->answered(1));
    ASSERT_TRUE(journal_->answered(2));
    ASSERT_TRUE(beside()->ask(reload));
    EXPECT_EQ(journal_->requests().value().front().id, 3) << "asked again it is another one";
}

TEST_F(JournalUpkeep, ARequestWaitsForTheNextAgent) {
    ASSERT_TRUE(journal_->ask({0, Request::Kind::sync_now, anna, "", at(7)}));
    journal_.reset();
    EXPECT_EQ(Journal::open(path_).value()->requests().value().size(), 1U);
}

TEST_F(JournalUpkeep, WhatAnotherProgramWritesIsNoticedOnce) {
    EXPECT_TRUE(journal_->written_by_others().value())
        << "before the first look anything may have happened";
    EXPECT_FALSE(journal_->written_by_others().value());
    add("i1", State::queued);
    EXPECT_FALSE(journal_->written_by_others().value()) << "that was the agent itself";
    const auto other = beside();
    EXPECT_FALSE(journal_->written_by_others().value()) << "who only looks has not written";
    ASSERT_TRUE(other->list(true));
    EXPECT_FALSE(journal_->written_by_others().value());
    ASSERT_TRUE(other->ask({0, Request::Kind::reload, "", "", at(7)}));
    EXPECT_TRUE(journal_->written_by_others().value());
    EXPECT_FALSE(journal_->written_by_others().value());
}

TEST_F(JournalUpkeep, WhatAnotherProgramWritesIsNoticedWithinAGroupToo) {
    ASSERT_TRUE(journal_->written_by_others());
    ASSERT_TRUE(beside()->ask({0, Request::Kind::reload, "", "", at(7)}));
    ASSERT_TRUE(journal_->begin_group());
    EXPECT_TRUE(journal_->written_by_others().value());
    ASSERT_TRUE(journal_->end_group());
    EXPECT_FALSE(journal_->written_by_others().value());
}

TEST(Request, EveryKindHasAName) {
    using Kind = Request::Kind;
    std::string names;
    for (const Kind kind :
         {Kind::sync_now, Kind::reload, Kind::repoll, Kind::resync, Kind::clear}) {
        names += std::string(to_text(kind)) + " ";
        EXPECT_EQ(agent::request_kind(to_text(kind)), kind);
    }
    EXPECT_EQ(names, "sync-now reload repoll resync clear ");
    EXPECT_EQ(agent::request_kind("explode"), std::nullopt);
}

/// Anna has a job of every kind in `deals`, one that failed in the Inbox; Bob has one that failed.
class CarryOut : public JournalUpkeep {
protected:
    CarryOut() {
        for (const State state : agent::all_states) {
            Job job = add(std::string(to_text(state)), state);
            job.attempts = 4;
            job.due = at(3600);
            job.decision = "{}";
            save(job, at(2));
        }
        add("other", State::failed, at(1), inbox);
        add("bob", State::failed, at(1), deals, bob);
    }

    int carry_out(
        Request::Kind kind, const std::string& role, const std::vector<std::string>& folders
    ) {
        return journal_->carry_out({1, kind, anna, role, at(9)}, anna, folders, at(10)).value();
    }

    const std::string untouched_ =
        "queued queued\nplanned planned\narchived archived\ndone done\nfailed failed\n"
        "given-up given-up\nother failed\nbob failed\n";
};

TEST_F(CarryOut, RepollReadsTheFoldersFromTheBeginning) {
    EXPECT_EQ(carry_out(Request::Kind::repoll, "", {"f1", "f2"}), 0);
    EXPECT_EQ(progress("f1"), "'' begins");
    EXPECT_EQ(progress("f2"), "'' begins");
    EXPECT_EQ(journal_->progress(anna, "f2").value()->since, at(1))
        << "what is older is not taken for new";
    EXPECT_EQ(progress("f1", bob), "'s1'");
    EXPECT_EQ(listed(), untouched_);
}

TEST_F(CarryOut, OnlyTheFoldersThatWereNamedAreReadAnew) {
    carry_out(Request::Kind::repoll, "inbox", {"f2"});
    EXPECT_EQ(progress("f1"), "'s1'");
    EXPECT_EQ(progress("f2"), "'' begins");
    carry_out(Request::Kind::repoll, "", {"f9"});
    EXPECT_EQ(progress("f9"), "never");
}

TEST_F(CarryOut, ResyncTriesAgainWhatFailedAndWhatWaitsAtOnce) {
    EXPECT_EQ(carry_out(Request::Kind::resync, "", {"f1", "f2"}), 3);
    EXPECT_EQ(
        listed(),
        "queued queued\nplanned planned\narchived archived\ndone done\nfailed queued\n"
        "given-up queued\nother queued\nbob failed\n"
    );
    EXPECT_EQ(progress("f1"), "'' begins");
    for (const Job& job : journal_->list(false, anna).value())
        EXPECT_EQ(job.due, at(10)) << job.item;
    const Job failed = journal_->find(5).value().value(),
              planned = journal_->find(2).value().value();
    EXPECT_EQ(failed.attempts, 0);
    EXPECT_EQ(failed.changed, at(10)) << "who has read it before must not write over it";
    EXPECT_EQ(planned.attempts, 4);
    EXPECT_EQ(planned.changed, at(2));
}

TEST_F(CarryOut, ResyncOfOneRoleLeavesTheOthersAlone) {
    EXPECT_EQ(carry_out(Request::Kind::resync, "inbox", {"f2"}), 1);
    EXPECT_EQ(journal_->find(7).value()->state, State::queued);
    EXPECT_EQ(journal_->find(5).value()->state, State::failed);
    EXPECT_EQ(journal_->find(1).value()->due, at(3600));
    EXPECT_EQ(progress("f1"), "'s1'");
}

TEST_F(CarryOut, ResyncIsSeenWhereTheClockWasPutBack) {
    Job job = journal_->find(5).value().value();
    job = save(job, at(500));
    EXPECT_EQ(carry_out(Request::Kind::resync, "", {}), 3);
    EXPECT_GT(journal_->find(5).value()->changed, at(500));
}

TEST_F(CarryOut, ClearForgetsTheMailboxButWhatIsHalfDone) {
    EXPECT_EQ(carry_out(Request::Kind::clear, "", {"f1", "f2"}), 5);
    EXPECT_EQ(listed(), "planned planned\narchived archived\nbob failed\n");
    EXPECT_EQ(progress("f1"), "never") << "so that it begins as at a first start";
    EXPECT_EQ(progress("f2"), "never");
    EXPECT_EQ(progress("f1", bob), "'s1'");
    EXPECT_EQ(journal_->enqueue(anna, deals, {{"done"}, {"planned"}}, {}, at(11)).value(), 1);
}

TEST_F(CarryOut, ClearOfOneRoleLeavesTheOthersAlone) {
    EXPECT_EQ(carry_out(Request::Kind::clear, "inbox", {"f2"}), 1);
    EXPECT_EQ(journal_->find(7).value(), std::nullopt);
    EXPECT_EQ(journal_->list(true, anna).value().size(), 6U);
    EXPECT_EQ(progress("f1"), "'s1'");
    EXPECT_EQ(progress("f2"), "never");
}

TEST_F(CarryOut, ClearKeepsWhatStillShowsSomethingToItsUser) {
    Job job = journal_->find(1).value().value();
    job.shown = Shown::pending;
    save(job, at(3));
    EXPECT_EQ(carry_out(Request::Kind::clear, "", {"f1", "f2"}), 4);
    EXPECT_EQ(listed(), "queued queued\nplanned planned\narchived archived\nbob failed\n")
        << "else nobody would take it away";
}

TEST_F(JournalUpkeep, OfAMailboxNothingIsKnownAtFirst) {
    EXPECT_EQ(journal_->mailbox(anna).value(), agent::MailboxState{});
    EXPECT_TRUE(journal_->mailboxes().value().empty());
}

TEST_F(JournalUpkeep, WhatIsKnownOfAMailboxIsWrittenPieceByPiece) {
    ASSERT_TRUE(journal_->note_cycle(anna, at(3)));
    ASSERT_TRUE(journal_->tell(anna, agent::Alarm::errors, at(7), {}));
    ASSERT_TRUE(journal_->freeze(anna, "Company CRM", at(4)));
    ASSERT_TRUE(journal_->accept(anna, "CRM"));
    ASSERT_TRUE(journal_->freeze(bob, "Company CRM", at(5)));
    const agent::MailboxState of_anna{"Company CRM", "CRM", at(4), at(3), agent::Alarm::errors, at(7)};
    const agent::MailboxState of_bob{"Company CRM", "", at(5), Time{}, agent::Alarm::none, Time{}};
    EXPECT_EQ(journal_->mailbox(anna).value(), of_anna);
    const std::map<std::string, agent::MailboxState> both{{anna, of_anna}, {bob, of_bob}};
    EXPECT_EQ(beside()->mailboxes().value(), both);
    ASSERT_TRUE(journal_->note_cycle(anna, at(9)));
    ASSERT_TRUE(journal_->tell(anna, agent::Alarm::none, at(7), {}));
    const agent::MailboxState later{"Company CRM", "CRM", at(4), at(9), agent::Alarm::none, at(7)};
    EXPECT_EQ(journal_->mailbox(anna).value(), later);
}

TEST_F(JournalUpkeep, AFrozenNameThatWasAcceptedIsTheOneNow) {
    ASSERT_TRUE(journal_->note_cycle(anna, at(3)));
    ASSERT_TRUE(journal_->freeze(anna, "Company CRM", at(4)));
    ASSERT_TRUE(journal_->accept(anna, "CRM"));
    ASSERT_TRUE(journal_->freeze(anna, "CRM", at(8)));
    const agent::MailboxState renamed{"CRM", "", at(8), at(3), agent::Alarm::none, Time{}};
    EXPECT_EQ(journal_->mailbox(anna).value(), renamed);
}

TEST_F(JournalUpkeep, NothingIsAcceptedForAMailboxWithoutFolders) {
    ASSERT_TRUE(journal_->accept(anna, "CRM"));
    EXPECT_TRUE(journal_->mailboxes().value().empty());
}

PendingNotice notice(
    const std::string& key, const std::string& to, Time due, const std::string& text = "x"
) {
    return {key, to, "Errors", text, at(1), 0, due};
}

/// "KEY to RECIPIENT: TEXT", a line each.
std::string told(Journal& journal, Time now) {
    std::string text;
    for (const PendingNotice& one : journal.notices(now).value()) {
        text += one.key + " to " + one.recipient + ": " + one.text + "\n";
    }
    return text;
}

TEST_F(JournalUpkeep, ANoticeIsThereAsItWasGiven) {
    const PendingNotice one{
        "k1", "admin@us.example", "Errors of Anna", "Line\nline \u00e9", at(1), 0, at(2)};
    ASSERT_TRUE(journal_->tell({one}));
    EXPECT_EQ(beside()->notices(at(2)).value(), std::vector{one});
    EXPECT_TRUE(journal_->notices(at(1)).value().empty()) << "not due yet";
}

TEST_F(JournalUpkeep, ANoticeIsToldOncePerKeyAndRecipient) {
    ASSERT_TRUE(
        journal_->tell({notice("k1", "a@us.example", at(1)), notice("k1", "b@us.example", at(2))})
    );
    ASSERT_TRUE(journal_->tell(
        {notice("k1", "a@us.example", at(1), "later"), notice("k2", "a@us.example", at(3))}
    ));
    EXPECT_EQ(
        told(*journal_, at(9)),
        "k1 to a@us.example: x\nk1 to b@us.example: x\nk2 to a@us.example: x\n"
    ) << "the first one stays as it is";
}

TEST_F(JournalUpkeep, ANoticeThatWasPutOffWaitsItsTime) {
    PendingNotice one = notice("k1", "a@us.example", at(1));
    ASSERT_TRUE(journal_->tell({one, notice("k1", "b@us.example", at(2))}));
    one.attempts = 2;
    one.due = at(30);
    ASSERT_TRUE(journal_->put_off(one));
    EXPECT_EQ(told(*journal_, at(29)), "k1 to b@us.example: x\n");
    EXPECT_EQ(journal_->notices(at(30)).value().back(), one);
}

TEST_F(JournalUpkeep, ANoticeThatWasToldIsForgotten) {
    ASSERT_TRUE(
        journal_->tell({notice("k1", "a@us.example", at(1)), notice("k1", "b@us.example", at(2))})
    );
    ASSERT_TRUE(journal_->told(notice("k1", "a@us.example", at(1))));
    EXPECT_EQ(told(*journal_, at(9)), "k1 to b@us.example: x\n");
}

TEST_F(JournalUpkeep, AlarmAndNoticesGoTogetherOrNotAtAll) {
    ASSERT_TRUE(journal_->tell(anna, agent::Alarm::errors, at(7), {notice("k1", "a@us.example", at(1))}));
    EXPECT_EQ(journal_->mailbox(anna).value().alarm, agent::Alarm::errors);
    ASSERT_TRUE(journal_->begin_group());
    ASSERT_TRUE(journal_->tell(anna, agent::Alarm::none, at(7), {notice("k2", "a@us.example", at(1))}));
    journal_->abandon_group();
    EXPECT_EQ(journal_->mailbox(anna).value().alarm, agent::Alarm::errors);
    EXPECT_EQ(told(*journal_, at(9)), "k1 to a@us.example: x\n");
}

TEST_F(JournalUpkeep, PruneGoesOnBehindAnOldMailThatWasAskedForAgain) {
    add("again", State::done);
    add("old", State::done);
    ASSERT_EQ(journal_->enqueue(anna, deals, {{"again", true}}, {}, at(10)).value(), 1);
    EXPECT_EQ(journal_->prune(at(5)).value(), 1U);
    EXPECT_EQ(listed(), "again queued\n");
}

TEST_F(CarryOut, ClearTriesAgainWhatFailedAndShowsIt) {
    Job job = journal_->find(5).value().value();
    job.shown = Shown::error;
    save(job, at(3));
    carry_out(Request::Kind::clear, "", {"f1", "f2"});
    EXPECT_EQ(journal_->find(5).value()->state, State::queued) << "a first start would take it up";
}

TEST_F(JournalUpkeep, ACopyOfAnImpossibleNameIsAnError) {
    EXPECT_FALSE(journal_->back_up(folder_.file(std::string(300, 'a'))));
}

std::string subscribed(Journal& journal) {
    std::string text;
    for (const auto& [mailbox, list] : journal.subscriptions().value())
        for (const auto& one : list)
            text += mailbox + " " + one.id + " by " + one.anchor + " at " + one.server + "\n";
    return text;
}

TEST_F(JournalUpkeep, ASubscriptionStandsThereUntilTheNextWord) {
    ASSERT_TRUE(journal_->note_subscriptions(anna, {{"S2", bob, "Cookie=1"}}, at(1)));
    ASSERT_TRUE(journal_->note_subscriptions(anna, {{"S2", bob, "Cookie=1"}, {"S1", "", ""}}, at(2)));
    ASSERT_TRUE(journal_->note_subscriptions(bob, {{"S1", bob, ""}}, at(3)));
    EXPECT_EQ(
        subscribed(*journal_),
        "anna@us.example S2 by bob@us.example at Cookie=1\n"
        "anna@us.example S1 by  at \n"
        "bob@us.example S1 by bob@us.example at \n"
    );
    ASSERT_TRUE(journal_->note_subscriptions(anna, {{"S1", "", ""}}, at(4)));
    ASSERT_TRUE(journal_->note_subscriptions(bob, {}, at(4)));
    EXPECT_EQ(subscribed(*beside()), "anna@us.example S1 by  at \n");
}

TEST_F(JournalUpkeep, SubscriptionsOfMailboxesThatAreServedNoMoreAreForgotten) {
    ASSERT_TRUE(journal_->note_subscriptions(anna, {{"S1", "", ""}}, at(1)));
    ASSERT_TRUE(journal_->note_subscriptions(bob, {{"S2", "", ""}}, at(1)));
    ASSERT_TRUE(journal_->keep_subscriptions({bob, "carl@us.example"}));
    EXPECT_EQ(subscribed(*journal_), "bob@us.example S2 by  at \n");
}

}  // namespace
