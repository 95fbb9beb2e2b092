// `mailferry queue`: what an admin sees and does beside a running agent.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "agent/journal.hpp"
#include "tests/agent/commands/command_line.hpp"
#include "tests/scenarios/world.hpp"

namespace {

using agent::State;
using command_line::lines;
using command_line::Ran;
namespace json = boost::json;

constexpr const char* anna = "anna@us.example";

class QueueCommand : public testing::Test {
protected:
    QueueCommand()
        : world(
              world::samples() / "policies" / "typical.xml", world::samples() / "people.csv", {anna}
          ) {
        world.configure(world.exchange.url());
    }

    Ran queue(const std::string& command, const std::vector<std::string>& more = {}) const {
        std::vector<std::string> all{"queue", command, "--config", world.config_file().string()};
        all.insert(all.end(), more.begin(), more.end());
        return command_line::run(all);
    }

    /// Lets the agent file a mail and go on running.
    void file(const std::string& name) {
        if (!world.service) world.start();
        world.pump([this] { return world.logged("info listening") == 1; });
        const std::string mime = world::read(world::samples() / "mail" / (name + ".eml"));
        const std::size_t before = world.finished();
        const std::string item = world.exchange.deliver(anna, "inbox", mime);
        world.exchange.move(anna, item, "- Create New Opportunity");
        world.pump([&] { return world.finished() == before + 1; });
    }

    /// A job that the agent has given up; its number.
    std::int64_t failed() const {
        auto journal = agent::Journal::open(world.journal()).value();
        const agent::WatchedFolder folder{"f1", "- Create New Email", {}};
        journal->enqueue(anna, folder, {{"item-1"}}, {}, world.clock.now()).value();
        agent::Job job = journal->list(true).value().back();
        job.state = State::failed;
        job.note = "the CRM refused it";
        job.attempts = 50;
        job.due = world.clock.now() + std::chrono::hours(24);
        journal->save(job, job.changed).value();
        return job.id;
    }

    /// A job for a mail that lies in Anna's Inbox, or did; its number.
    std::string waiting_for(const std::string& item) const {
        auto journal = agent::Journal::open(world.journal()).value();
        journal->enqueue(anna, {"f1", "Inbox", {}}, {{item}}, {}, world.clock.now()).value();
        agent::Job job = journal->list(true).value().back();
        job.subject = "Offer";
        journal->save(job, job.changed).value();
        return std::to_string(job.id);
    }
    static std::string mail() {
        return world::read(world::samples() / "mail" / "plain-old-mail.eml");
    }

    agent::Job job(std::int64_t id) const {
        return agent::Journal::open_beside(world.journal()).value()->find(id).value().value();
    }

    world::World world;
};

TEST_F(QueueCommand, AJournalThatIsNotThereYetIsUnreachable) {
    const Ran ran = queue("list");
    EXPECT_EQ(ran.exit, 3);
    EXPECT_EQ(
        ran.err,
        "mailferry: journal " + world.journal() + ": there is none yet; the agent makes it\n"
    );
    EXPECT_FALSE(std::filesystem::exists(world.journal()));
}

TEST_F(QueueCommand, AnEmptyQueueIsSaidToBeSo) {
    agent::Journal::open(world.journal()).value();
    EXPECT_EQ(queue("list").out, "Nothing waits and nothing failed.\n");
    const Ran ran = queue("list", {"--json"});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_EQ(ran.out, "");
}

TEST_F(QueueCommand, ListShowsWhatFailedAndWhy) {
    const std::string number = std::to_string(failed());
    const Ran ran = queue("list");
    EXPECT_EQ(ran.exit, 0);
    const auto told = lines(ran.out);
    ASSERT_EQ(told.size(), 3U) << ran.out;
    EXPECT_NE(told[0].find(number + "  failed "), std::string::npos) << told[0];
    EXPECT_NE(told[0].find(anna), std::string::npos) << told[0];
    EXPECT_EQ(told[1], "       the CRM refused it");
    EXPECT_TRUE(told[2].starts_with("       tried 50 times, last at 20")) << told[2];
}

TEST_F(QueueCommand, ListCanBeAskedForOneMailbox) {
    failed();
    const std::string mailbox = "Anna@US.example";
    EXPECT_EQ(queue("list", {"--mailbox", mailbox}).out, queue("list").out);
}

TEST_F(QueueCommand, AMailboxThatNobodyKnowsIsNotSaidToBeAtRest) {
    failed();
    const std::string ben = "ben@us.example";
    const Ran unknown = queue("list", {"--mailbox", "Ben@us.example"});
    EXPECT_EQ(unknown.exit, 2);
    EXPECT_EQ(
        unknown.err,
        "mailferry: Ben@us.example: not in " + world.config_file().string() +
            ", and the journal knows nothing of it\n"
    );
    EXPECT_EQ(unknown.out, "");
    EXPECT_EQ(queue("list", {"--mailbox", "ben"}).exit, 2);
    agent::Journal::open(world.journal()).value()->freeze(ben, "CRM", world.clock.now()).value();
    const Ran known = queue("list", {"--mailbox", ben});
    EXPECT_EQ(known.exit, 0);
    EXPECT_EQ(known.out, "Nothing waits and nothing failed.\n");
}

TEST_F(QueueCommand, JsonSaysWhatTheMailboxShowsOfAMail) {
    agent::Job failing = job(failed());
    const auto shown = [&](const std::string& command, const std::vector<std::string>& more) {
        const Ran ran = queue(command, more);
        return std::string(json::parse(ran.out).at("shown").as_string());
    };
    EXPECT_EQ(shown("list", {"--json"}), "");
    failing.shown = agent::Shown::error;
    agent::Journal::open_beside(world.journal()).value()->save(failing, failing.changed).value();
    EXPECT_EQ(shown("list", {"--json"}), "error");
    EXPECT_EQ(shown("show", {"--json", std::to_string(failing.id)}), "error");
}

TEST_F(QueueCommand, ListSaysWhenAMailIsTriedAgain) {
    agent::Job waiting = job(failed());
    waiting.state = State::planned;
    waiting.attempts = 2;
    waiting.due = agent::Time(std::chrono::seconds(1795424400));
    agent::Journal::open_beside(world.journal()).value()->save(waiting, waiting.changed).value();
    const Ran ran = queue("list");
    EXPECT_NE(ran.out.find("tried 2 times, again at 2026-11-23T09:00:00Z\n"), std::string::npos)
        << ran.out;
}

TEST_F(QueueCommand, WhatIsDoneIsListedOnlyOnDemandBesideTheRunningAgent) {
    file("known-contact-asks-for-offer");
    file("plain-old-mail");
    EXPECT_EQ(queue("list").out, "Nothing waits and nothing failed.\n");
    const Ran ran = queue("list", {"--all", "--json"});
    EXPECT_EQ(ran.exit, 0);
    ASSERT_EQ(lines(ran.out).size(), 2U) << ran.out;
    const json::value first = json::parse(lines(ran.out)[0]);
    EXPECT_EQ(first.at("job").as_int64(), 1);
    EXPECT_EQ(first.at("mailbox").as_string(), anna);
    EXPECT_EQ(first.at("role").as_string(), "create-new/opportunity");
    EXPECT_EQ(first.at("state").as_string(), "done");
    EXPECT_EQ(first.at("subject").as_string(), "Offer for 40 conveyor belts");
    EXPECT_EQ(first.at("message_id").as_string(), "<known-contact-asks-for-offer.01@acme.example>");
    EXPECT_EQ(first.at("decision").at("verdict").as_string(), "archive");
    EXPECT_TRUE(first.at("outcome").is_object()) << first;
    EXPECT_GE(first.at("took_ms").as_int64(), 0);
}

TEST_F(QueueCommand, ShowTellsTheDecisionAndWhy) {
    file("known-contact-asks-for-offer");
    const Ran ran = queue("show", {"1"});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_NE(
        ran.out.find("\narchive: linked to 2 people; one new opportunity\n"), std::string::npos
    ) << ran.out;
    EXPECT_NE(ran.out.find("\nWhy\n"), std::string::npos) << ran.out;
    const json::value object = json::parse(queue("show", {"1", "--json"}).out);
    EXPECT_EQ(object.at("decision").at("verdict").as_string(), "archive");
}

TEST_F(QueueCommand, AJobThatIsNotThereDoesNotHideTheOthers) {
    const std::string number = std::to_string(failed());
    const Ran ran = queue("show", {"99", number});
    EXPECT_EQ(ran.exit, 1);
    EXPECT_EQ(ran.err, "mailferry: there is no job 99; see mailferry queue list\n");
    EXPECT_NE(ran.out.find("the CRM refused it"), std::string::npos) << ran.out;
}

TEST_F(QueueCommand, RetryMakesAFailedJobDueAtOnce) {
    const std::int64_t id = failed();
    const Ran ran = queue("retry", {std::to_string(id)});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_EQ(ran.out, "job " + std::to_string(id) + " is tried again within seconds\n");
    EXPECT_EQ(job(id).state, State::queued);
    EXPECT_EQ(job(id).attempts, 0);
    const auto next =
        agent::Journal::open_beside(world.journal()).value()->next(anna, world.clock.now()).value();
    ASSERT_TRUE(next);
    EXPECT_EQ(next->id, id);
}

TEST_F(QueueCommand, RetryKeepsWhatAWaitingJobHasReached) {
    agent::Job waiting = job(failed());
    waiting.state = State::archived;
    agent::Journal::open_beside(world.journal()).value()->save(waiting, waiting.changed).value();
    EXPECT_EQ(queue("retry", {std::to_string(waiting.id)}).exit, 0);
    EXPECT_EQ(job(waiting.id).state, State::archived);
    EXPECT_LT(job(waiting.id).due, waiting.due);
}

TEST_F(QueueCommand, RetryOfWhatIsDoneIsRefused) {
    file("known-contact-asks-for-offer");
    const Ran ran = queue("retry", {"1"});
    EXPECT_EQ(ran.exit, 1);
    EXPECT_EQ(ran.err, "mailferry: job 1 is done; drop the mail again instead\n");
    EXPECT_EQ(job(1).state, State::done);
}

TEST_F(QueueCommand, SkipGivesUpAndRemembersWhy) {
    const std::int64_t id = failed();
    const Ran ran = queue("skip", {std::to_string(id)});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_EQ(ran.out, "job " + std::to_string(id) + " is given up; the mail stays where it is\n");
    EXPECT_EQ(job(id).state, State::given_up);
    EXPECT_EQ(job(id).note, "given up by an admin; was: the CRM refused it");
    EXPECT_EQ(queue("list").out, "Nothing waits and nothing failed.\n");
}

TEST_F(QueueCommand, BackupCopiesTheJournalOnceBesideTheRunningAgent) {
    file("known-contact-asks-for-offer");
    const std::string copy = (world.folder.path / "copy").string();
    const Ran ran = queue("backup", {copy});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(ran.out, "the journal is copied to " + copy + "\n");
    EXPECT_EQ(agent::Journal::open(copy).value()->list(true).value(), world.jobs());
    const std::string before = world::read(copy);
    const Ran again = queue("backup", {copy});
    EXPECT_EQ(again.exit, 3);
    EXPECT_EQ(again.err, "mailferry: " + copy + ": exists already; name a new file\n");
    EXPECT_EQ(world::read(copy), before);
}

TEST_F(QueueCommand, DownloadGivesAMailByteForByteAsItLiesInTheMailbox) {
    const std::string number = waiting_for(world.exchange.deliver(anna, "inbox", mail()));
    const Ran ran = queue("download", {number});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(ran.out, mail());
    EXPECT_EQ(ran.err, "");
}

TEST_F(QueueCommand, DownloadGivesWhatWasArchivedThoughItIsNoLongerInTheMailbox) {
    const std::string name = "known-contact-asks-for-offer";
    file(name);
    for (const auto& item : world.exchange.items(anna, "inbox")) {
        EXPECT_TRUE(world.exchange.erase(anna, item.id));
    }
    const Ran ran = queue("download", {"1"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(ran.out, world::read(world::samples() / "mail" / (name + ".eml")));
}

TEST_F(QueueCommand, DownloadOfAMailThatIsGoneSaysWhereToLook) {
    const std::string item = world.exchange.deliver(anna, "inbox", mail());
    const std::string number = waiting_for(item);
    ASSERT_TRUE(world.exchange.erase(anna, item));
    const Ran ran = queue("download", {number});
    EXPECT_EQ(ran.exit, 1);
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(
        ran.err,
        "mailferry: job " + number +
            ": the mail is not in its folder any more, and was not archived; look for \"Offer\" in "
            "the mailbox\n"
    );
}

TEST_F(QueueCommand, DownloadWritesToANewFileAndOverNone) {
    const std::string number = waiting_for(world.exchange.deliver(anna, "inbox", mail()));
    const std::string file = (world.folder.path / "mail.eml").string();
    const Ran ran = queue("download", {number, "--output", file});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(world::read(file), mail());
    world::write(file, "mine");
    const Ran again = queue("download", {number, "-o", file});
    EXPECT_EQ(again.exit, 3);
    EXPECT_EQ(
        again.err, "mailferry: " + file + ": cannot be written; is there such a file already?\n"
    );
    EXPECT_EQ(world::read(file), "mine");
}

TEST_F(QueueCommand, AnInvalidConfigurationIsSaidWithThePlace) {
    world::write(
        world.config_file(), "<mailferry xmlns=\"urn:mailferry:config:1\"><jornal/></mailferry>\n"
    );
    const Ran ran = queue("list");
    EXPECT_EQ(ran.exit, 2);
    EXPECT_TRUE(ran.err.starts_with(world.config_file().string() + ":1:")) << ran.err;
    EXPECT_EQ(ran.out, "");
}

}  // namespace
