#include "agent/returning.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "agent/limits.hpp"
#include "tests/agent/world.hpp"

namespace {

using agent::errc;
using agent::State;
using agent_test::World;
using Calls = std::vector<std::string>;
using Move = rules::Disposition::Move;

const agent::Error corrupt{errc::permanent, "corrupt item", {}};
const agent::Error away{errc::unreachable, "the server is away", {}};

/// Another mail of the same people.
std::string offer(int number) {
    std::string mail = agent_test::offer();
    for (const std::string word : {"<offer@", "Subject: Offer"}) {
        mail.insert(
            mail.find(word) + word.size() - (word.ends_with("@") ? 1 : 0), std::to_string(number)
        );
    }
    return mail;
}

void drop_three(World& world) {
    for (int i = 1; i <= 3; ++i) world.drop(offer(i));
}

std::vector<State> states(const World& world) {
    std::vector<State> states;
    for (const agent::Job& job :
         agent::Journal::open_beside(world.journal_file()).value()->list(true).value()) {
        states.push_back(job.state);
    }
    return states;
}

const std::vector<State> all_done(3, State::done);

TEST(Returning, WhatWaitsIsArchivedOneAfterTheOtherAndGivenBackTogether) {
    World world;
    drop_three(world);
    world.work();
    EXPECT_EQ(
        world.mailbox.calls,
        (Calls{
            "fetch i1",
            "fetch i2",
            "fetch i3",
            "mark i1",
            "mark i2",
            "mark i3",
            "move i1",
            "move i2",
            "move i3"})
    );
    EXPECT_EQ(states(world), all_done);
    EXPECT_EQ(agent_test::count(world.log.text(), " info filed "), 3);
}

TEST(Returning, WhatTheFirstHasCreatedTheNextOnesFind) {
    World world;
    drop_three(world);
    world.work();
    const auto told = world.told();
    EXPECT_EQ(agent_test::count(told, "contact Ann Bo\n"), 1) << told;
    EXPECT_EQ(agent_test::count(told, "email Offer"), 3) << told;
}

TEST(Returning, NothingIsMarkedBeforeTheJournalSaysOfAllThatTheyAreArchived) {
    World world;
    drop_three(world);
    std::vector<std::vector<State>> seen;
    world.mailbox.before = [&](const std::string& operation) -> std::optional<agent::Error> {
        if (operation == "mark") seen.push_back(states(world));
        return std::nullopt;
    };
    world.work();
    const std::vector<State> archived(3, State::archived);
    EXPECT_EQ(seen, std::vector(3, archived));
}

TEST(Returning, OneThatCannotBeMovedWaitsByItselfAndTheOthersAreDone) {
    World world;
    drop_three(world);
    world.mailbox.fail("move", 2, corrupt);
    world.mailbox.fail("move", 4, corrupt);  // tried once more alone
    world.work();
    EXPECT_EQ(states(world), (std::vector{State::done, State::failed, State::done}));
    EXPECT_EQ(world.job(1).note, "corrupt item");
    EXPECT_EQ(world.mailbox.items.at("i2").folder, "deals");
}

TEST(Returning, OneThatItsUserHasTakenAwayMeanwhileIsFollowedAlone) {
    World world;
    drop_three(world);
    world.mailbox.before = [&](const std::string& operation) -> std::optional<agent::Error> {
        if (operation == "mark") world.mailbox.items.erase("i2");
        return std::nullopt;
    };
    world.work();
    EXPECT_EQ(states(world), all_done);
    EXPECT_TRUE(world.job(1).note.ends_with("; its user moved the mail on before it was returned"));
}

TEST(Returning, MovesWhoseAnswerWasLostAreFoundByTheirMarks) {
    World world;
    drop_three(world);
    world.mailbox.lose_answer("move", 2, away);
    world.work();
    EXPECT_EQ(states(world), std::vector(3, State::archived)) << "nobody knows what became of them";
    EXPECT_EQ(world.job(0).note, "the server is away");
    world.work_to_the_end();
    EXPECT_EQ(states(world), all_done);
    EXPECT_EQ(world.mailbox.items.size(), 3U);
    for (const auto& [id, item] : world.mailbox.items) EXPECT_EQ(item.folder, "inbox");
    EXPECT_EQ(agent_test::count(world.told(), "email Offer"), 3);
}

TEST(Returning, WhereTheCrmGoesAwayWhatItHasIsGivenBack) {
    World world;
    drop_three(world);
    int stored = 0;
    world.crm.before = [&](const std::string& operation) -> std::optional<agent::Error> {
        if (operation == "store" && ++stored == 3) return away;
        return std::nullopt;
    };
    world.work();
    EXPECT_EQ(states(world), (std::vector{State::done, State::done, State::planned}));
}

TEST(Returning, WhereTheMailboxGoesAwayWhatIsArchivedStaysSo) {
    World world;
    drop_three(world);
    world.mailbox.fail("fetch", 3, away);
    world.work();
    EXPECT_EQ(states(world), (std::vector{State::archived, State::archived, State::queued}));
    EXPECT_EQ(world.mailbox.calls_of("mark"), 0U);
    world.work_to_the_end();
    EXPECT_EQ(states(world), all_done);
}

TEST(Returning, WhatAnAdminHasChangedMeanwhileIsLeftAlone) {
    World world;
    drop_three(world);
    world.mailbox.before = [&](const std::string& operation) -> std::optional<agent::Error> {
        if (operation != "fetch" || world.mailbox.calls_of("fetch") != 3) return std::nullopt;
        auto beside = agent::Journal::open_beside(world.journal_file()).value();
        agent::Job job = beside->list(true).value().front();
        const agent::Time as_read = job.changed;
        job.state = State::given_up;
        job.changed += std::chrono::milliseconds(1);
        EXPECT_TRUE(beside->save(job, as_read).value());
        return std::nullopt;
    };
    world.work();
    EXPECT_EQ(states(world), (std::vector{State::given_up, State::done, State::done}));
    EXPECT_EQ(world.mailbox.items.at("i1").folder, "deals");
}

TEST(Returning, ACopyIsLookedAtWhenItsOriginalIsBack) {
    World world;
    world.drop(agent_test::offer());
    world.drop(agent_test::offer(), {}, false);  // nobody has told what it is
    world.work();
    EXPECT_EQ(world.mailbox.items.size(), 1U) << world.told();
    EXPECT_EQ(world.mailbox.items.begin()->second.folder, "inbox");
    EXPECT_EQ(states(world), (std::vector{State::done, State::done}));
}

TEST(Returning, AMailThatIsAloneDoesNotWait) {
    World world;
    world.drop(offer(1));
    world.work();
    world.drop(offer(2));
    world.work();
    EXPECT_EQ(
        world.mailbox.calls,
        (Calls{"fetch i1", "mark i1", "move i1", "fetch i3", "mark i3", "move i3"})
    );
}

TEST(Returning, OnlyWhatIsMarkedAndMaybeMovedIsPlain) {
    const agent::Job job;
    rules::Disposition disposition;
    EXPECT_FALSE(is_plain(job, disposition)) << "nothing is to do";
    disposition.categories_add = {"Processing Complete"};
    EXPECT_TRUE(is_plain(job, disposition));
    disposition.copy = true;
    EXPECT_FALSE(is_plain(job, disposition));
    disposition.copy = false;
    disposition.purge = true;
    EXPECT_TRUE(is_plain(job, disposition)) << "the CRM does not have it";
    agent::Job archived;
    archived.record = "7";
    EXPECT_FALSE(is_plain(archived, disposition));
    disposition = {};
    disposition.move = Move::stay;
    EXPECT_FALSE(is_plain(job, disposition));
    disposition.move = Move::sent_items;
    EXPECT_TRUE(is_plain(job, disposition));
}

}  // namespace
