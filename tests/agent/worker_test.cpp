// Long because it walks through every way in which the taking of a mail can be interrupted.
#include "agent/worker.hpp"

#include <gtest/gtest.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json.hpp>

#include "agent/limits.hpp"
#include "tests/agent/world.hpp"

namespace {

using agent::errc;
using agent::State;
using agent_test::World;
using Calls = std::vector<std::string>;

const agent::Error busy{errc::transient, "the server is busy", {}};
const agent::Error refused{errc::permanent, "corrupt item", {}};
const agent::Error denied{errc::denied, "wrong password", {}};

constexpr auto filed_offer =
    "mail in inbox: [Red] [Processing Complete]\n"
    "account acme.example\n"
    "contact Ann Bo\n"
    "opportunity Offer\n"
    "email Offer -> contact opportunity\n"
    "job done\n";

std::string reason(const agent::Job& job) {
    return std::string(boost::json::parse(job.decision).at("reason").as_string());
}

TEST(Worker, AMailIsArchivedThenMarkedThenReturned) {
    World world;
    const auto item = world.drop(agent_test::offer(), {"Red"});
    world.work();
    EXPECT_EQ(world.told(), filed_offer);
    EXPECT_EQ(world.mailbox.calls, (Calls{"fetch " + item, "mark " + item, "move " + item}));
    EXPECT_EQ(world.mailbox.items.begin()->second.mark, mark_of(world.job()));
}

TEST(Worker, AMailThatCannotBeFetchedIsNamedWhereTheServerTellsItsName) {
    World world;
    const auto item = world.drop(agent_test::offer());
    world.mailbox.items.at(item).name = {"Offer", "<offer@acme.example>"};
    world.mailbox.before = [](const std::string& operation) {
        return operation == "fetch" ? std::optional(refused) : std::nullopt;
    };
    world.work();
    EXPECT_EQ(world.job().state, State::failed);
    EXPECT_EQ(world.job().subject, "Offer");
    EXPECT_EQ(world.job().message_id, "<offer@acme.example>");
    const auto text = world.log.text();
    EXPECT_NE(text.find("subject=Offer message-id=<offer@acme.example>"), std::string::npos) << text;
}

TEST(Worker, WhatTheServerRemarksOfAMailStandsInItsNoteAndInTheLog) {
    World world;
    const auto item = world.drop(agent_test::offer());
    world.mailbox.items.at(item).words.remark = "put together";
    world.work();
    EXPECT_TRUE(world.job().note.ends_with("; put together")) << world.job().note;
    const auto text = world.log.text();
    EXPECT_EQ(agent_test::count(text, " warning noted "), 1);
    EXPECT_NE(text.find("why=\"put together\""), std::string::npos) << text;
}

TEST(Worker, ALargeMailBecomesWhatASmallOneDoes) {
    World world;
    const std::string large = agent_test::offer() + std::string(2 * agent::limits::big_mail, '\n');
    world.drop(large, {"Red"});
    world.work();
    EXPECT_EQ(world.told(), filed_offer);
    EXPECT_TRUE(*world.crm.archive.store_calls.at(0).original == large);
}

TEST(Worker, EveryEffectFindsItsReasonInTheJournal) {
    World world;
    world.drop(agent_test::offer());
    std::string told;
    const auto look = [&](const std::string& operation) -> std::optional<agent::Error> {
        told += operation + ": " + std::string(to_text(world.job().state)) + "\n";
        return std::nullopt;
    };
    world.mailbox.before = look;
    world.crm.before = look;
    world.work();
    EXPECT_EQ(
        told,
        "fetch: queued\nanswer: queued\nknown: queued\nanswer: queued\n"
        "create: planned\ncreate: planned\ncreate: planned\nstore: planned\n"
        "mark: archived\nmove: archived\n"
    );
    EXPECT_EQ(world.job().state, State::done);
}

TEST(Worker, TheJournalTellsWhatBecameOfTheMail) {
    World world;
    world.drop(agent_test::offer());
    world.work();
    const auto job = world.job();
    EXPECT_EQ(job.subject, "Offer");
    EXPECT_EQ(job.message_id, "<offer@acme.example>");
    EXPECT_EQ(job.note, reason(job));
    EXPECT_EQ(job.record, "4");
    EXPECT_EQ(job.attempts, 0);
    EXPECT_EQ(boost::json::parse(job.outcome).at("created").as_array().size(), 3U);
    EXPECT_EQ(boost::json::parse(job.decision).at("verdict"), "archive");
}

TEST(Worker, AMailThatMatchesNobodyIsReturnedUnarchived) {
    World world;
    world.drop(agent_test::internal(), {"Red"});
    world.work();
    EXPECT_EQ(world.told(), "mail in inbox: [Red] [Missing Required Matches]\njob done\n");
    EXPECT_EQ(world.crm.archive.calls, 0U);
}

TEST(Worker, WhatThePolicyLeavesAloneIsNotTouched) {
    World world;
    world.policy.modules.clear();
    const auto item = world.drop(agent_test::offer(), {"Red"});
    world.work();
    EXPECT_EQ(world.told(), "mail in deals: [Red]\njob queued\n");
    EXPECT_EQ(world.mailbox.calls, Calls{"fetch " + item});
    EXPECT_EQ(world.job().attempts, 0);
    world.policy.modules.insert(rules::RecordKind::opportunity);  // the admin wants it after all
    agent::Journal::open(world.journal_file()).value()->wake(world.clock.time).value();
    world.work();
    EXPECT_EQ(world.told(), filed_offer);
}

const agent::WatchedFolder inbox{"inbox", "Inbox", rules::role("inbox").value()};

/// A job for a mail in the Inbox; the id of its item.
std::string ask(World& world, std::string mime, std::vector<std::string> categories) {
    world.policy.inbox.enabled = true;
    std::string item = world.mailbox.deliver("inbox", std::move(mime), std::move(categories));
    auto journal = agent::Journal::open(world.journal_file()).value();
    journal->enqueue(agent_test::anna, inbox, {{item}}, {}, world.clock.now()).value();
    return item;
}

TEST(Worker, WhatIsCapturedStaysWhereItLies) {
    World world;
    world.policy.inbox.creation.people = true;
    const auto item = ask(world, agent_test::offer(), {"Red", "Company CRM"});
    world.work();
    EXPECT_EQ(
        world.told(),
        "mail in inbox: [Red] [Company CRM] [Processing Complete]\n"
        "account acme.example\ncontact Ann Bo\nemail Offer -> contact\njob done\n"
    );
    EXPECT_EQ(world.mailbox.calls, (Calls{"fetch " + item, "mark " + item}));
}

TEST(Worker, ACategoryThatIsTakenAwayBeforeItsMailIsReadCancels) {
    World world;
    const auto item = ask(world, agent_test::offer(), {"Red"});
    world.work();
    EXPECT_EQ(world.told(), "mail in inbox: [Red]\njob done\n");
    EXPECT_EQ(world.mailbox.calls, Calls{"fetch " + item});
    EXPECT_EQ(world.job().note, "it lacks the category \"Company CRM\"");
}

TEST(Worker, WhatNobodyAskedForAndMatchesNobodyIsNotTouched) {
    World world;
    world.policy.inbox.required_category = false;
    const auto item = ask(world, agent_test::offer(), {"Red"});
    world.work();
    EXPECT_EQ(world.told(), "mail in inbox: [Red]\njob done\n");
    EXPECT_EQ(world.mailbox.calls, Calls{"fetch " + item});
    EXPECT_NE(world.log.text().find("left-alone"), std::string::npos);
}

TEST(Worker, WhatNobodyAskedForIsNotTouchedAfterAnOutageEither) {
    World world;
    world.policy.inbox.required_category = false;
    ask(world, agent_test::offer(), {"Red"});
    world.crm.directory.failures[1] = {crm::errc::unreachable, "no connection", {}};
    world.work_to_the_end();
    EXPECT_EQ(world.told(), "mail in inbox: [Red]\njob done\n");
    EXPECT_EQ(world.mailbox.items.begin()->second.mark, "");
}

TEST(Worker, OutagesAreNoLooksForAMailThatIsNotThereYet) {
    World world;
    world.drop(agent_test::offer(), {"Red"});
    const agent::Error away{errc::unreachable, "no connection", {}};
    world.mailbox.fail("fetch", 1, away);
    world.mailbox.fail("fetch", 2, away);
    world.mailbox.fail("fetch", 3, {errc::gone, "not found", {}});
    world.work_to_the_end();
    EXPECT_EQ(world.told(), filed_offer);
}

TEST(Worker, ACapturedMailThatFailsIsTriedAgainThoughItCarriesTheErrorByThen) {
    World world;
    ask(world, agent_test::offer(), {"Company CRM"});
    world.policy.inbox.creation.people = true;
    for (std::size_t i = 1; i <= 4; ++i) world.mailbox.fail("fetch", i, busy);
    for (int i = 0; i < 4; ++i) {
        world.work();
        world.clock.time += std::chrono::hours(2);
    }
    EXPECT_EQ(
        world.told(), "mail in inbox: [Company CRM] [Processing Error]\njob queued\n"
    );
    world.work_to_the_end();
    EXPECT_EQ(
        world.told(),
        "mail in inbox: [Company CRM] [Processing Complete]\n"
        "account acme.example\ncontact Ann Bo\nemail Offer -> contact\njob done\n"
    );
}

TEST(Worker, ACapturedMailThatItsUserMovesOnIsArchivedAllTheSame) {
    World world;
    world.policy.inbox.creation.people = true;
    const auto item = ask(world, agent_test::offer(), {"Company CRM"});
    world.mailbox.before = [&](const std::string& operation) -> std::optional<agent::Error> {
        if (operation == "mark") world.mailbox.drag(item, "customers");
        return std::nullopt;
    };
    world.work();
    EXPECT_EQ(
        world.told(),
        "mail in customers: [Company CRM]\n"
        "account acme.example\ncontact Ann Bo\nemail Offer -> contact\njob done\n"
    );
    EXPECT_NE(world.job().note.find("its user has moved the mail meanwhile"), std::string::npos);
}

constexpr auto copied_offer =
    "mail in inbox: [Blue] [Processing Complete]\n"
    "account acme.example\n"
    "contact Ann Bo\n"
    "opportunity Offer\n"
    "email Offer -> contact opportunity\n"
    "job done\n";

TEST(Worker, OfACopyTheOriginalIsMarkedAndTheCopyRemoved) {
    World world;
    const auto original = world.mailbox.deliver("inbox", agent_test::offer(), {"Blue"});
    const auto item = world.drop(agent_test::offer(), {"Red"}, false);
    world.work();
    EXPECT_EQ(world.told(), copied_offer);
    EXPECT_EQ(world.mailbox.items.at(original).mark, mark_of(world.job()));
    EXPECT_EQ(
        world.mailbox.calls,
        (Calls{
            "fetch " + item,
            "original_of " + item,
            "mark " + original,
            "discard " + item})
    );
}

TEST(Worker, AnUnmatchedCopyIsRemovedAndItsOriginalSaysWhy) {
    World world;
    world.mailbox.deliver("inbox", agent_test::internal(), {"Blue"});
    world.drop(agent_test::internal(), {}, false);
    world.work();
    EXPECT_EQ(world.told(), "mail in inbox: [Blue] [Missing Required Matches]\njob done\n");
}

TEST(Worker, AnEventTellsTheOriginalWhereverItLies) {
    World world;
    const auto original = world.mailbox.deliver("customers", agent_test::offer(), {"Blue"});
    const auto item = world.drop(agent_test::offer(), {"Red"}, false);
    world.arrivals.add({{item, original}});
    world.work();
    EXPECT_EQ(
        world.told(), std::string(copied_offer).replace(8, 5, "customers")
    );
    EXPECT_EQ(std::ranges::count(world.mailbox.calls, "original_of " + item), 0);
}

TEST(Worker, WithoutAnEventAMailOfAnotherFolderIsNotTakenForTheOriginal) {
    World world;
    world.mailbox.deliver("customers", agent_test::offer());
    world.drop(agent_test::offer(), {"Red"}, false);
    world.work();
    EXPECT_EQ(world.told(), "mail in customers:\n" + std::string(filed_offer));
}

TEST(Worker, AMailToOneselfIsNeverTakenForACopy) {
    World world;
    const std::string mime = "From: <anna@us.example>\r\nTo: <anna@us.example>, <ann@acme.example>\r\n"
                             "Subject: Offer\r\nMessage-ID: <self@us.example>\r\n\r\nx\r\n";
    world.mailbox.deliver("sent-items", mime);
    world.drop(mime, {}, false);
    world.work();
    EXPECT_TRUE(world.told().starts_with("mail in sent-items:\nmail in inbox: [Processing Complete]\n"))
        << world.told();
}

TEST(Worker, WhereTheOriginalGoesMeanwhileTheCopyIsReturned) {
    World world;
    const auto original = world.mailbox.deliver("inbox", agent_test::offer());
    world.drop(agent_test::offer(), {"Red"}, false);
    world.crm.before = [&](const std::string& operation) -> std::optional<agent::Error> {
        if (operation == "store") world.mailbox.items.erase(original);
        return std::nullopt;
    };
    world.work();
    EXPECT_EQ(world.told(), filed_offer);
    const auto text = world.log.text();
    EXPECT_EQ(agent_test::count(text, " ends=inbox "), 1) << text;
}

TEST(Worker, WhetherItIsACopyIsNotAskedWhereAnEventSaidThatItWasMoved) {
    World world;
    const auto item = world.drop(agent_test::offer(), {}, true);
    world.work();
    EXPECT_EQ(std::ranges::count(world.mailbox.calls, "original_of " + item), 0);
}

TEST(Worker, ByOptionWhatMatchesNobodyWaitsAndIsTriedAgain) {
    World world;
    world.policy.smart_convert.retry_missing_matches = true;
    world.policy.smart_convert.creation.people = false;
    const auto item = world.drop(agent_test::offer(), {"Red"});
    world.work();
    EXPECT_EQ(world.told(), "mail in deals: [Red] [Missing Required Matches]\njob queued\n");
    world.clock.time += std::chrono::minutes(1);
    world.work();
    EXPECT_EQ(
        world.mailbox.calls, (Calls{"fetch " + item, "mark " + item, "fetch " + item})
    ) << "what it carries is not set again";
    EXPECT_EQ(world.job().attempts, 2);
    world.policy.smart_convert.creation.people = true;  // as if somebody had entered the contact
    world.clock.time += std::chrono::minutes(5);
    world.work();
    EXPECT_EQ(world.told(), filed_offer);
}

TEST(Worker, WhatNeverMatchesIsGivenUpInTheEndAndNeverCalledAnError) {
    World world;
    world.policy.smart_convert.retry_missing_matches = true;
    world.policy.smart_convert.creation.people = false;
    world.drop(agent_test::offer());
    world.work_to_the_end();
    EXPECT_EQ(world.told(), "mail in deals: [Missing Required Matches]\njob failed\n");
    EXPECT_EQ(world.job().attempts, agent::limits::attempts);
}

TEST(Worker, OneMailAfterTheOtherInTheOrderOfTheirDrop) {
    World world;
    world.drop(agent_test::offer());
    world.drop(agent_test::internal());
    world.work();
    EXPECT_EQ(
        world.mailbox.calls,
        (Calls{"fetch i1", "fetch i2", "mark i1", "mark i2", "move i1", "move i2"})
    );
}

TEST(Worker, AMailThatWaitsDoesNotHoldUpTheOthers) {
    World world;
    world.mailbox.fail("fetch", 1, busy);
    world.drop(agent_test::offer());
    world.drop(agent_test::internal());
    world.work();
    EXPECT_EQ(
        world.told(),
        "mail in deals: [Pending]\nmail in inbox: [Missing Required Matches]\njob queued\njob done\n"
    );
}

TEST(Worker, ATransientFailureWaitsAndLaterSucceeds) {
    World world;
    world.mailbox.fail("fetch", 1, busy);
    world.drop(agent_test::offer(), {"Red"});
    world.work();
    auto job = world.job();
    EXPECT_EQ(job.state, State::queued);
    EXPECT_EQ(job.attempts, 1);
    EXPECT_EQ(job.note, "the server is busy");
    EXPECT_EQ(job.due, world.clock.time + std::chrono::seconds(5));
    world.work();
    EXPECT_EQ(world.job().attempts, 1) << "tried before it was due";
    world.clock.time = job.due;
    world.work();
    EXPECT_EQ(world.told(), filed_offer);
    EXPECT_EQ(world.job().attempts, 0);
}

// A server that calls itself busy where it cannot read an item.
TEST(Worker, AMailForWhichTheServerIsBusyThreeTimesWaitsByItselfAndTheOthersGoOn) {
    World world;
    agent::Error answer{agent::errc::unreachable, "the server is too busy", {}};
    answer.answered_busy = true;
    agent::Error spared = answer;  // while the server wants to be left alone, nothing is sent
    spared.answered_busy = false;
    world.mailbox.fail("fetch", 1, answer);
    world.mailbox.fail("fetch", 2, spared);
    world.mailbox.fail("fetch", 3, answer);
    world.mailbox.fail("fetch", 4, answer);
    world.drop(agent_test::offer());
    boost::asio::io_context context;
    agent::JournalThread journal(agent::Journal::open(world.journal_file()).value());
    agent::Worker worker(
        {world.mailbox, world.crm, world.crm, journal, world.clock, world.arrivals, world.retry},
        world.policy,
        {{agent_test::anna}}
    );
    for (int held_up = 1; held_up <= 3; ++held_up) {
        const auto held = agent_test::run(context, worker.step());
        ASSERT_FALSE(held) << "the whole mailbox waits";
        EXPECT_EQ(held.error().code, agent::errc::unreachable);
        world.clock.time = world.job().due;
    }
    EXPECT_TRUE(agent_test::run(context, worker.step()).value());
    EXPECT_EQ(world.job().note, "the server is too busy; so it is for this mail alone, the others go on");
    EXPECT_EQ(world.job().state, State::queued);
    world.clock.time = world.job().due;
    EXPECT_TRUE(agent_test::run(context, worker.step()).value());
    EXPECT_EQ(world.job().state, State::done);
}

TEST(Worker, WaitsGrowAndObeyTheServer) {
    World world;
    for (std::size_t i = 1; i <= 5; ++i) world.mailbox.fail("fetch", i, busy);
    agent::Error patient = busy;
    patient.back_off = std::chrono::minutes(90);
    world.mailbox.fail("fetch", 6, patient);
    world.drop(agent_test::offer());
    std::vector<std::chrono::milliseconds> waits;
    for (int i = 0; i < 6; ++i) {
        world.work();
        waits.push_back(world.job().due - world.clock.time);
        world.clock.time = world.job().due;
    }
    using namespace std::chrono_literals;
    EXPECT_EQ(waits, (std::vector<std::chrono::milliseconds>{5s, 30s, 120s, 3600s, 3600s, 5400s}));
}

TEST(Worker, WhatKeepsFailingIsShownToTheUserUntilItSucceeds) {
    World world;
    for (std::size_t i = 1; i <= 4; ++i) world.mailbox.fail("fetch", i, busy);
    world.drop(agent_test::offer(), {"Red"});
    const auto try_again = [&] {
        world.work();
        world.clock.time = world.job().due;
        return world.mailbox.items.at("i1").categories;
    };
    EXPECT_EQ(try_again(), (Calls{"Red", "Pending"}));
    EXPECT_EQ(try_again(), (Calls{"Red", "Pending"}));
    EXPECT_EQ(try_again(), (Calls{"Red", "Processing Error"}));
    EXPECT_EQ(try_again(), (Calls{"Red", "Processing Error"}));
    world.work();
    EXPECT_EQ(world.told(), filed_offer);
}

// At the third failure the mailbox itself may be what cannot be reached.
TEST(Worker, TheErrorIsShownAsSoonAsTheMailboxAllowsIt) {
    World world;
    for (std::size_t i = 1; i <= 4; ++i) world.mailbox.fail("fetch", i, busy);
    world.mailbox.fail("mark", 1, busy);
    world.drop(agent_test::offer());
    for (int i = 0; i < 4; ++i) {
        world.work();
        world.clock.time = world.job().due;
    }
    EXPECT_EQ(world.mailbox.items.at("i1").categories, Calls{"Processing Error"});
}

TEST(Worker, APermanentFailureGetsTheErrorCategoryAndStaysInItsFolder) {
    World world;
    world.crm.archive.failures[1] = {crm::errc::refused, "field name: too long", {}};
    world.drop(agent_test::offer(), {"Red"});
    world.work();
    EXPECT_EQ(world.told(), "mail in deals: [Red] [Processing Error]\njob failed\n");
    EXPECT_EQ(world.job().note, "field name: too long");
    EXPECT_EQ(world.mailbox.items.at("i1").mark, mark_of(world.job())) << "to be found where its user drags it";
    world.clock.time += std::chrono::hours(1000);
    world.work();
    EXPECT_EQ(world.job().attempts, 1);
    EXPECT_EQ(agent_test::count(world.log.text(), " warning failed "), 1);
}

TEST(Worker, AfterFiftyTriesItGivesUp) {
    World world;
    for (std::size_t i = 1; i <= 60; ++i) world.mailbox.fail("fetch", i, busy);
    world.drop(agent_test::offer());
    world.work_to_the_end();
    EXPECT_EQ(world.job().state, State::failed);
    EXPECT_EQ(world.job().attempts, 50);
    EXPECT_EQ(world.job().note, "the server is busy");
}

TEST(Worker, AnOutageNeverMakesItGiveUpNorTryTheOthers) {
    World world;
    for (std::size_t i = 1; i <= 60; ++i) world.mailbox.fail("fetch", i, denied);
    world.drop(agent_test::offer(), {"Red"});
    world.drop(agent_test::internal());
    world.work();
    EXPECT_EQ(world.mailbox.calls, Calls{"fetch i1"});
    for (int i = 0; i < 59; ++i) {
        world.clock.time += std::chrono::minutes(2);
        world.work();
    }
    std::erase_if(world.mailbox.calls, [](const std::string& call) { return call == "mark i2"; });  // it waits
    EXPECT_EQ(world.mailbox.calls.size(), 60U) << "something else was asked of a server that refuses us";
    world.clock.time += std::chrono::minutes(2);
    world.work_to_the_end();
    EXPECT_EQ(world.told().substr(0, world.told().find("account")),
              "mail in inbox: [Red] [Processing Complete]\nmail in inbox: [Missing Required Matches]\n");
}

TEST(Worker, WhatAnAdminGaveUpMeanwhileIsLeftAlone) {
    World world;
    world.drop(agent_test::offer(), {"Red"});
    world.mailbox.after = [&](const std::string& operation) -> std::optional<agent::Error> {
        if (operation != "fetch") return std::nullopt;
        auto beside = agent::Journal::open_beside(world.journal_file()).value();
        agent::Job job = beside->list(true).value().front();
        const agent::Time as_read = job.changed;
        job.state = State::done;
        job.changed += std::chrono::milliseconds(1);
        EXPECT_TRUE(beside->save(job, as_read).value());
        return std::nullopt;
    };
    world.work();
    EXPECT_EQ(world.told(), "mail in deals: [Red]\njob done\n");
}

TEST(Worker, ARecordThatIsGoneIsDecidedAnew) {
    World world;
    world.drop(agent_test::offer(), {"Red"});
    world.crm.archive.failures[2] = {crm::errc::not_found, "account 1 is gone", {}};
    world.work();
    EXPECT_EQ(world.job().state, State::queued);
    world.work_to_the_end();
    EXPECT_EQ(world.told(), filed_offer);
}

TEST(Worker, AMailThatWasTakenBackBeforeItWasReadIsNoError) {
    World world;
    world.drop(agent_test::offer());
    world.mailbox.drag("i1", "inbox");
    world.work_to_the_end();
    EXPECT_EQ(world.told(), "mail in inbox:\njob done\n");
    EXPECT_EQ(world.job().note, "taken out of the folder before it was read; nothing was done");
}

TEST(Worker, AMailThatWasTakenAwayWhileItWasArchivedIsTold) {
    World world;
    world.drop(agent_test::offer());
    world.crm.archive.failures[2] = {crm::errc::unreachable, "no connection", {}};
    world.work();
    world.mailbox.drag("i1", "archive");
    world.work_to_the_end();
    EXPECT_EQ(world.told(), "mail in archive:\naccount acme.example\njob failed\n");
    EXPECT_EQ(
        world.job().note,
        "taken out of the folder while it was being archived; drop it again to complete it"
    );
}

TEST(Worker, AMoveWhoseAnswerWasLostIsFoundByItsMark) {
    World world;
    world.mailbox.lose_answer("move", 1, busy);
    world.drop(agent_test::offer(), {"Red"});
    world.work_to_the_end();
    EXPECT_EQ(world.told(), filed_offer);
    EXPECT_EQ(world.job().note, reason(world.job()));
    EXPECT_EQ(world.mailbox.calls.back(), "find_marked inbox");
}

TEST(Worker, AUserWhoWasQuickerIsNotFollowed) {
    World world;
    world.drop(agent_test::offer());
    world.mailbox.after = [&](const std::string& operation) -> std::optional<agent::Error> {
        if (operation == "mark") world.mailbox.drag("i1", "archive");
        return std::nullopt;
    };
    world.work();
    EXPECT_EQ(world.job().state, State::done);
    EXPECT_EQ(
        world.job().note,
        reason(world.job()) + "; its user moved the mail on before it was returned"
    );
    EXPECT_EQ(world.mailbox.items.at("i2").folder, "archive");
}

TEST(Worker, PurgesOnlyWhatTheCrmHasConfirmed) {
    World world;
    world.policy.smart_convert.purge_after_success = true;
    world.crm.archive.failures[4] = {crm::errc::unreachable, "no connection", {}};
    world.drop(agent_test::offer());
    world.work();
    EXPECT_EQ(world.mailbox.items.size(), 1U) << "deleted, but never stored";
    world.work_to_the_end();
    EXPECT_TRUE(world.mailbox.items.empty());
    EXPECT_EQ(world.crm.archive.mails.size(), 1U);
    EXPECT_EQ(world.job().state, State::done);
    EXPECT_EQ(world.mailbox.calls.back(), "purge i1");
}

TEST(Worker, NeverPurgesAMailThatMatchesNobody) {
    World world;
    world.policy.smart_convert.purge_after_success = true;
    world.drop(agent_test::internal());
    world.work();
    EXPECT_EQ(world.told(), "mail in inbox: [Missing Required Matches]\njob done\n");
}

TEST(Worker, ASecondDropOfTheSameMailDoublesNothing) {
    World world;
    world.drop(agent_test::offer(), {"Red"});
    world.work();
    world.mailbox.items.clear();
    world.drop(agent_test::offer(), {"Red"});
    world.work();
    EXPECT_EQ(world.told(), std::string(filed_offer) + "job done\n");
    const auto job = agent::Journal::open(world.journal_file()).value()->list(true).value().back();
    EXPECT_EQ(
        job.note,
        "linked to one person, who is new; and to opportunity 3, made of it before; the mail itself was in the CRM "
        "already"
    );
}

TEST(Worker, AnUnreadableDecisionIsMadeAgain) {
    for (const State state : {State::planned, State::archived}) {
        World world;
        world.drop(agent_test::offer(), {"Red"});
        {
            const auto journal = agent::Journal::open(world.journal_file()).value();
            auto job = journal->list(true).value().front();
            job.state = state;
            job.decision = "of another version";
            ASSERT_TRUE(journal->save(job, job.changed));
        }
        world.work();
        EXPECT_EQ(world.told(), filed_offer);
    }
}

TEST(Worker, OneMailboxDoesNotTakeTheJobsOfAnother) {
    World world;
    world.drop(agent_test::offer());
    boost::asio::io_context context;
    agent::JournalThread journal(agent::Journal::open(world.journal_file()).value());
    agent::Worker worker(
        {world.mailbox, world.crm, world.crm, journal, world.clock, world.arrivals, world.retry},
        world.policy,
        {{"bob@us.example"}}
    );
    EXPECT_FALSE(agent_test::run(context, worker.step()).value());
    EXPECT_TRUE(world.mailbox.calls.empty());
}

/// A CRM that takes its time.
boost::asio::awaitable<void> wait_for(std::chrono::milliseconds time) {
    const auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::steady_timer timer(executor, time);
    const auto token = boost::asio::use_awaitable;
    co_await timer.async_wait(token);
}

// G3.7: visible at most 2 s after it was picked up, gone at completion or failure.
TEST(Pending, IsShownWhileASlowCrmIsAtWorkAndGoesWithSuccess) {
    World world;
    world.crm.delay = [] { return wait_for(std::chrono::milliseconds(1500)); };
    world.drop(agent_test::offer(), {"Red"});
    std::string seen;
    world.crm.after = [&](const std::string& operation) -> std::optional<agent::Error> {
        if (operation == "answer" && seen.empty()) {
            for (const auto& one : world.mailbox.items.at("i1").categories) seen += "[" + one + "]";
            world.crm.delay = nullptr;
        }
        return std::nullopt;
    };
    world.work();
    EXPECT_EQ(seen, "[Red][Pending]");
    EXPECT_EQ(world.told(), filed_offer);
}

TEST(Pending, IsShownOfWhatWaitsInTheQueueAndWrittenDownBefore) {
    World world;
    world.drop(agent_test::offer());
    world.drop(agent_test::internal());
    world.clock.time += std::chrono::seconds(2);
    std::string seen;
    world.mailbox.before = [&](const std::string& operation) -> std::optional<agent::Error> {
        if (operation == "mark" && seen.empty()) {
            const auto jobs = agent::Journal::open_beside(world.journal_file()).value()->list(true).value();
            EXPECT_EQ(std::ranges::count(jobs, agent::Shown::pending, &agent::Job::shown), 2);
        } else if (operation == "fetch" && seen.empty()) {
            for (const auto& [id, item] : world.mailbox.items) seen += item.categories.empty() ? "-" : item.categories[0];
        }
        return std::nullopt;
    };
    world.work();
    EXPECT_EQ(seen, "PendingPending");
    EXPECT_EQ(
        world.told(),
        "mail in inbox: [Processing Complete]\nmail in inbox: [Missing Required Matches]\n"
        "account acme.example\ncontact Ann Bo\nopportunity Offer\nemail Offer -> contact opportunity\n"
        "job done\njob done\n"
    );
}

TEST(Pending, GoesWhenTheMailFailsForGood) {
    World world;
    world.mailbox.fail("fetch", 1, busy);
    world.mailbox.fail("fetch", 2, refused);
    world.drop(agent_test::offer());
    world.work();
    EXPECT_EQ(world.told(), "mail in deals: [Pending]\njob queued\n");
    world.work_to_the_end();
    EXPECT_EQ(world.told(), "mail in deals: [Processing Error]\njob failed\n");
}

TEST(Pending, GoesFromAMailThatItsUserHasDraggedBack) {
    World world;
    world.mailbox.fail("fetch", 1, busy);
    const auto item = world.drop(agent_test::offer());
    world.work();
    world.mailbox.drag(item, "inbox");
    world.work_to_the_end();
    EXPECT_EQ(world.told(), "mail in inbox:\njob done\n");
}

TEST(Pending, GoesWhenAnAdminGivesTheMailUp) {
    World world;
    world.mailbox.fail("fetch", 1, busy);
    world.drop(agent_test::offer());
    world.work();
    agent::Job job = world.job();
    const auto as_read = job.changed;
    job.state = State::given_up;
    job.changed += std::chrono::milliseconds(1);
    ASSERT_TRUE(agent::Journal::open_beside(world.journal_file()).value()->save(job, as_read).value());
    world.clock.time += std::chrono::seconds(2);
    world.work();
    EXPECT_EQ(world.told(), "mail in deals:\njob given-up\n");
}

TEST(Pending, IsNotShownWhereNobodyHasAsked) {
    World world;
    world.policy.inbox.required_category = false;
    ask(world, agent_test::offer(), {"Red"});
    world.crm.directory.failures[1] = {crm::errc::unreachable, "no connection", {}};
    world.work();
    EXPECT_EQ(world.told(), "mail in inbox: [Red]\njob queued\n");
}

TEST(Pending, IsTakenAwayWhereTheMailboxIsNotServedAnyMore) {
    World world;
    world.mailbox.fail("fetch", 1, busy);
    world.drop(agent_test::offer(), {"Red"});
    world.work();
    boost::asio::io_context context;
    agent::JournalThread journal(agent::Journal::open(world.journal_file()).value());
    agent::Worker worker(
        {world.mailbox, world.crm, world.crm, journal, world.clock, world.arrivals, world.retry},
        world.policy,
        {{agent_test::anna}}
    );
    agent_test::run(context, worker.withdraw());
    EXPECT_EQ(world.told(), "mail in deals: [Red]\njob queued\n");
}

TEST(Worker, AMailThatFailsAfterTheClockWasPutBackByADayWaitsAllTheSame) {
    World world;
    world.drop(agent_test::offer());
    for (std::size_t i = 1; i < 100; ++i) world.mailbox.fail("fetch", i, busy);
    world.work();
    EXPECT_EQ(world.job().attempts, 1);
    world.clock.time -= std::chrono::hours(24);
    world.work();
    EXPECT_EQ(world.job().attempts, 2);
    EXPECT_EQ(world.job().due, world.clock.time + std::chrono::seconds(30));
}

TEST(Worker, AClockThatIsPutForwardByADayOnlyMakesTriesComeEarlier) {
    World world;
    world.mailbox.fail("fetch", 1, busy);
    world.drop(agent_test::offer(), {"Red"});
    world.work();
    world.clock.time += std::chrono::hours(24);
    world.work();
    EXPECT_EQ(world.told(), filed_offer);
}

// G9.12
TEST(LoopBrake, HoldsWhatComesTooOftenAndCallsOnceForEachUntilTheWindowHasPassed) {
    World world;
    world.policy.inbox.required_category = false;
    world.policy.inbox.creation.people = true;
    world.policy.loop_brakes.per_sender = 3;
    int calls = 0;
    std::string what;
    world.on_brake = [&](const agent::LoopFacts& facts) {
        ++calls;
        what = facts.what + " " + std::to_string(facts.mails);
    };
    for (int i = 0; i < 5; ++i) {
        std::string mime = agent_test::offer();
        mime.replace(mime.find("offer@"), 5, "offer" + std::to_string(i));
        ask(world, mime, {});
    }
    world.work();
    EXPECT_EQ(calls, 2);
    EXPECT_EQ(what, "ann@acme.example 3");
    EXPECT_EQ(world.crm.archive.mails.size(), 3U);
    EXPECT_EQ(world.job(4).note, "loop brake: 3 mails of ann@acme.example were taken within 60 minutes");
    EXPECT_EQ(world.job(4).attempts, 0);
    world.clock.time += std::chrono::minutes(61);
    world.work();
    EXPECT_EQ(world.crm.archive.mails.size(), 5U);
}

// Every edge: the n-th of all effects (questions, fetches, creations, the move …) is where it
// happens.
enum class Accident { crash_before, crash_after, refused_before, answer_lost };
struct Crash {};

class AtEveryEdge : public testing::TestWithParam<Accident> {
protected:
    /// Arms the world: the accident happens at effect number `edge`. The counter counts them all.
    static void arm(World& world, Accident accident, int edge, int& counter) {
        const auto strike = [=](bool happens) -> std::optional<agent::Error> {
            if (!happens) return std::nullopt;
            if (accident <= Accident::crash_after) throw Crash{};
            return busy;
        };
        const auto before = [=, &counter](const std::string&) {
            const bool mine =
                accident == Accident::crash_before || accident == Accident::refused_before;
            return strike(++counter == edge && mine);
        };
        const auto after = [=, &counter](const std::string&) {
            const bool mine =
                accident == Accident::crash_after || accident == Accident::answer_lost;
            return strike(counter == edge && mine);
        };
        world.mailbox.before = world.crm.before = before;
        world.mailbox.after = world.crm.after = after;
    }

    /// What the world looks like after the accident and a restart; "" where there is no such edge.
    static std::string told_after(int edge, const std::function<void(World&)>& begin) {
        World world;
        begin(world);
        int counter = 0;
        arm(world, GetParam(), edge, counter);
        try {
            world.work();
        } catch (const Crash&) {
        }
        if (counter < edge) return "";
        world.work_to_the_end();
        return world.told();
    }

    /// The number of edges that were tried.
    static int check(
        const std::string& mime,
        const std::string& expected,
        const std::function<void(World&)>& prepare = [](World&) {}
    ) {
        const auto drop = [&](World& world) {
            prepare(world);
            world.drop(mime, {"Red"});
        };
        return check(drop, expected);
    }
    static int check(const std::function<void(World&)>& begin, const std::string& expected) {
        for (int edge = 1;; ++edge) {
            const auto told = told_after(edge, begin);
            if (told.empty()) return edge - 1;
            EXPECT_EQ(told, expected) << "at edge " << edge;
        }
    }
};

TEST_P(AtEveryEdge, NothingIsLostAndNothingIsDoubled) {
    EXPECT_EQ(check(agent_test::offer(), filed_offer), 10);
}

TEST_P(AtEveryEdge, AMailThatMatchesNobodyIsReturnedOnce) {
    const auto expected = "mail in inbox: [Red] [Missing Required Matches]\njob done\n";
    EXPECT_EQ(check(agent_test::internal(), expected), 5);
}

TEST_P(AtEveryEdge, AMailIsPurgedAfterItWasStored) {
    const auto expected =
        "account acme.example\ncontact Ann Bo\nopportunity Offer\n"
        "email Offer -> contact opportunity\njob done\n";
    const auto purge = [](World& world) { world.policy.smart_convert.purge_after_success = true; };
    EXPECT_EQ(check(agent_test::offer(), expected, purge), 9);
}

TEST_P(AtEveryEdge, OfACopyTheOriginalIsMarkedAndTheCopyRemovedOnce) {
    const auto copied = [](World& world) {
        world.mailbox.deliver("inbox", agent_test::offer(), {"Blue"});
        world.drop(agent_test::offer(), {"Red"}, false);
    };
    EXPECT_EQ(check(copied, copied_offer), 11);
}

TEST_P(AtEveryEdge, AnUnmatchedCopyIsRemovedAndItsOriginalSaysWhy) {
    const auto copied = [](World& world) {
        world.mailbox.deliver("inbox", agent_test::internal(), {"Blue"});
        world.drop(agent_test::internal(), {}, false);
    };
    const auto expected = "mail in inbox: [Blue] [Missing Required Matches]\njob done\n";
    EXPECT_EQ(check(copied, expected), 6);
}

TEST_P(AtEveryEdge, ACapturedMailStaysAndIsArchivedOnce) {
    const auto captured = [](World& world) {
        world.policy.inbox.creation.people = true;
        ask(world, agent_test::offer(), {"Red", "Company CRM"});
    };
    const auto expected =
        "mail in inbox: [Red] [Company CRM] [Processing Complete]\n"
        "account acme.example\ncontact Ann Bo\nemail Offer -> contact\njob done\n";
    EXPECT_EQ(check(captured, expected), 8);
}

std::string name_of(const testing::TestParamInfo<Accident>& accident) {
    constexpr const char* names[] = {"CrashBefore", "CrashAfter", "RefusedBefore", "AnswerLost"};
    return names[static_cast<int>(accident.param)];
}

INSTANTIATE_TEST_SUITE_P(
    Worker,
    AtEveryEdge,
    testing::Values(
        Accident::crash_before,
        Accident::crash_after,
        Accident::refused_before,
        Accident::answer_lost
    ),
    name_of
);

}  // namespace
