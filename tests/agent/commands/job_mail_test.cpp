#include "agent/commands/job_mail.hpp"

#include <gtest/gtest.h>

#include "tests/scenarios/world.hpp"

namespace {

using agent::errc;
using agent::Job;
using agent::mail_of;

constexpr const char* anna = "anna@us.example";

class JobMail : public testing::Test {
protected:
    JobMail()
        : world(
              world::samples() / "policies" / "typical.xml", world::samples() / "people.csv", {anna}
          ) {
        world.configure(world.exchange.url());
    }

    static std::string mail() {
        return world::read(world::samples() / "mail" / "plain-old-mail.eml");
    }

    /// That waits for this item.
    static Job job(const std::string& item) {
        Job job;
        job.id = 7;
        job.mailbox = anna;
        job.item = item;
        job.subject = "Offer";
        return job;
    }

    /// "gone: text" of what became of it instead.
    std::string why_not(const Job& asked) const {
        const auto answer = mail_of(world.config(), asked);
        if (answer) return "there it is";
        return std::string(answer.error().code == errc::gone ? "gone: " : "") + answer.error().text;
    }

    world::World world;
};

TEST_F(JobMail, WhatWaitsComesFromTheMailbox) {
    const Job waiting = job(world.exchange.deliver(anna, "inbox", mail()));
    EXPECT_EQ(mail_of(world.config(), waiting).value(), mail());
}

TEST_F(JobMail, WhatIsArchivedComesFromTheCrm) {
    world.start();
    world.listen();
    const std::string item = world.exchange.deliver(anna, "inbox", mail());
    world.exchange.move(anna, item, "- Create New Email");
    world.pump([this] { return world.finished() == 1; });
    world.stop();
    world.exchange.stop();
    const Job done = world.jobs().at(0);
    ASSERT_NE(done.record, "");
    EXPECT_EQ(mail_of(world.config(), done).value(), mail());
}

TEST_F(JobMail, WhatIsNeitherHereNorThereIsGone) {
    const std::string item = world.exchange.deliver(anna, "inbox", mail());
    world.exchange.erase(anna, item);
    EXPECT_EQ(
        why_not(job(item)),
        "gone: job 7: the mail is not in its folder any more, and was not archived; look for "
        "\"Offer\" in the mailbox"
    );
}

TEST_F(JobMail, AMailboxThatNoPolicyRulesAnyMoreIsNamed) {
    Job left = job("i1");
    left.mailbox = "left@us.example";
    EXPECT_EQ(why_not(left), "gone: left@us.example stands in no policy any more");
}

TEST_F(JobMail, AServerThatIsAwayIsNoReasonToCallTheMailGone) {
    const Job waiting = job(world.exchange.deliver(anna, "inbox", mail()));
    const agent::Config config = world.config();
    world.exchange.stop();
    const auto answer = mail_of(config, waiting);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::unreachable);
}



}  // namespace
