#include "agent/notice/notice.hpp"

#include <gtest/gtest.h>

#include "agent/limits.hpp"

namespace {

using agent::Notice;
using agent::NoticeContext;
using agent::NoticeEntry;

/// 2026-11-23T09:00:00Z and so many minutes.
agent::Time at(int minutes) {
    return agent::Time(std::chrono::seconds(1'795'424'400)) + std::chrono::minutes(minutes);
}

NoticeContext context() {
    NoticeContext context;
    context.mailbox = "anna@us.example";
    context.policy = "Sales";
    context.to = {"it@us.example", "bob@us.example"};
    context.config = "/etc/mailferry/mailferry.xml";
    context.date = at(90);
    return context;
}

std::vector<NoticeEntry> two_entries() {
    return {
        {12, "create-new/opportunity", "Offer", "the CRM refuses the account: no right", 4, at(0)},
        {15, "inbox", "", "", 1, at(30)}};
}

bool has(const Notice& notice, const std::string& text) {
    return notice.text.find(text) != std::string::npos;
}

TEST(Notice, AnAlarmSaysWhatHappenedSinceWhenAndWhatToDo) {
    const Notice notice = agent::alarm_notice(context(), 5, two_entries());
    EXPECT_EQ(notice.key, "alarm:anna@us.example:1795429800000");
    EXPECT_EQ(notice.to, context().to);
    EXPECT_EQ(notice.date, at(90));
    EXPECT_EQ(notice.subject, "Mailferry: 5 errors in the mailbox anna@us.example");
    EXPECT_EQ(
        notice.text,
        R"(5 mails of the mailbox anna@us.example (policy "Sales") could not be filed and are outstanding now, 2026-11-23T10:30:00Z; the first since 2026-11-23T09:00:00Z.

  job 12, create-new/opportunity: Offer
    the CRM refuses the account: no right
    tried 4 times since 2026-11-23T09:00:00Z

  job 15, inbox: (no subject)
    no reason is known
    tried 1 time since 2026-11-23T09:30:00Z

  and 3 more

What to do: look at all of them, put right what they name, and let them be tried again

    mailferry queue list --mailbox anna@us.example --config /etc/mailferry/mailferry.xml
    mailferry queue retry JOB --config /etc/mailferry/mailferry.xml

or, where a mail shall not be filed any more, leave it where it is

    mailferry queue skip JOB --config /etc/mailferry/mailferry.xml

No further notice comes for this mailbox until none is outstanding; then one says so.
)"
    );
}

TEST(Notice, ARecoverySaysThatThereIsNothingToDo) {
    const Notice notice = agent::recovery_notice(context(), at(10));
    EXPECT_EQ(notice.key, "recovery:anna@us.example:1795429800000");
    EXPECT_EQ(notice.subject, "Mailferry: no errors left in the mailbox anna@us.example");
    EXPECT_EQ(
        notice.text,
        R"(Nothing is outstanding any more in the mailbox anna@us.example (policy "Sales") since 2026-11-23T10:30:00Z; the alarm was of 2026-11-23T09:10:00Z.

There is nothing to do. What became of each mail is told by

    mailferry queue list --all --mailbox anna@us.example --config /etc/mailferry/mailferry.xml
)"
    );
}

TEST(Notice, AnOutageNamesTheMailboxesWithReasonsAndSaysThatNothingIsLost) {
    const Notice notice = agent::outage_notice(
        context(),
        {{"anna@us.example", "mail.us.example: 401 wrong password"},
         {"ben@us.example", "no connection"}}
    );
    EXPECT_EQ(notice.key, "outage:anna@us.example:1795429800000");
    EXPECT_EQ(notice.to, context().to);
    EXPECT_EQ(notice.date, at(90));
    EXPECT_EQ(notice.subject, "Mailferry: 2 mailboxes cannot be served");
    EXPECT_EQ(
        notice.text,
        R"(For minutes now 2 mailboxes of the policy "Sales" cannot be served. Nothing is lost: what users drop waits and is filed when this is over.

  anna@us.example
    mail.us.example: 401 wrong password

  ben@us.example
    no connection

What to do: put right what is named here. What is reachable, and as whom, is told by

    mailferry check --connect /etc/mailferry/mailferry.xml

No further notice comes of this outage until it is over; then one says so.
)"
    );
}

TEST(Notice, AnOutageOfOneMailboxIsSaidInTheSingular) {
    const Notice notice = agent::outage_notice(context(), {{"anna@us.example", "no connection"}});
    EXPECT_EQ(notice.subject, "Mailferry: the mailbox anna@us.example cannot be served");
    EXPECT_TRUE(has(notice, "For minutes now the mailbox anna@us.example of the policy \"Sales\""))
        << notice.text;
}

TEST(Notice, OfAGreatOutageTheFirstMailboxesAreListed) {
    std::vector<agent::OutageEntry> entries(200, {"anna@us.example", "no connection"});
    entries[agent::limits::notice_entries].mailbox = "the-first-left-out@us.example";
    const Notice notice = agent::outage_notice(context(), entries);
    EXPECT_EQ(notice.subject, "Mailferry: 200 mailboxes cannot be served");
    EXPECT_TRUE(has(notice, "\n  and 180 more\n\nWhat to do"));
    EXPECT_FALSE(has(notice, "the-first-left-out"));
}

TEST(Notice, WhatServersSayOfAnOutageStaysOnItsLine) {
    const Notice notice = agent::outage_notice(
        context(), {{"anna@us.example", std::string(5000, 'x') + "\r\n.\r\nWhat to do: run this"}}
    );
    EXPECT_FALSE(has(notice, "\n.\n"));
    EXPECT_FALSE(has(notice, "\nWhat to do: run this"));
    EXPECT_LT(notice.text.size(), 2000U);
}

TEST(Notice, TheEndOfAnOutageSaysWhenItWasToldOf) {
    const Notice notice = agent::outage_over_notice(context(), at(10));
    EXPECT_EQ(notice.key, "outage-over:anna@us.example:1795429800000");
    EXPECT_EQ(notice.to, context().to);
    EXPECT_EQ(notice.subject, "Mailferry: all mailboxes of \"Sales\" are served again");
    EXPECT_EQ(
        notice.text,
        R"(Every mailbox of the policy "Sales" that could not be served is served again since 2026-11-23T10:30:00Z; the outage was told of at 2026-11-23T09:10:00Z.

There is nothing to do. What still waits, if anything does, is told by

    mailferry queue list --config /etc/mailferry/mailferry.xml
)"
    );
}

TEST(Notice, ALoopNamesItsSenderTheLimitAndWhatWaits) {
    agent::LoopFacts facts;
    facts.what = "robot@acme.example";
    facts.mails = 100;
    facts.window = std::chrono::minutes(60);
    facts.first = at(50);
    const Notice notice = agent::loop_notice(context(), facts, two_entries());
    EXPECT_EQ(notice.key, "loop-sender:anna@us.example:1795429800000");
    EXPECT_EQ(
        notice.subject,
        "Mailferry: 100 mails from robot@acme.example in the mailbox anna@us.example"
    );
    EXPECT_EQ(
        notice.text.substr(0, notice.text.find("\n\n")),
        "100 mails from robot@acme.example came into the mailbox anna@us.example (policy "
        "\"Sales\") within "
        "60 minutes, the first at 2026-11-23T09:50:00Z. Two programs may be answering each other, "
        "so from "
        "2026-11-23T10:30:00Z on automatic capture takes no more of them for now. They stay where "
        "they are; "
        "nothing is lost."
    );
    EXPECT_TRUE(has(notice, "job 12, create-new/opportunity: Offer"));
    EXPECT_TRUE(has(notice, "What to do: end the loop at its source"));
    EXPECT_TRUE(has(notice, "mailferry queue list --mailbox anna@us.example"));
}

TEST(Notice, ALoopOfAThreadNamesItsSubject) {
    agent::LoopFacts facts;
    facts.of = agent::LoopFacts::Of::thread;
    facts.what = "Out of office\r\nBcc: x@evil.example";
    facts.mails = 30;
    const Notice notice = agent::loop_notice(context(), facts, {});
    EXPECT_EQ(notice.key, "loop-thread:anna@us.example:1795429800000");
    EXPECT_TRUE(has(notice, "30 mails in the thread Out of office"));
    EXPECT_FALSE(has(notice, "\nBcc:"));
}

TEST(Notice, OneErrorIsSaidInTheSingular) {
    const Notice notice = agent::alarm_notice(context(), 1, {});
    EXPECT_EQ(notice.subject, "Mailferry: 1 error in the mailbox anna@us.example");
    EXPECT_TRUE(has(notice, "1 mail of the mailbox")) << notice.text;
    EXPECT_TRUE(has(notice, "and is outstanding now, 2026-11-23T10:30:00Z.\n\nWhat to do"))
        << notice.text;
}

TEST(Notice, OfManyErrorsTheFirstAreListed) {
    std::vector<NoticeEntry> entries(200, two_entries().front());
    entries[agent::limits::notice_entries].subject = "the first that is left out";
    const Notice notice = agent::alarm_notice(context(), 200, entries);
    EXPECT_TRUE(has(notice, "\n  and 180 more\n"));
    EXPECT_FALSE(has(notice, "the first that is left out"));
}

TEST(Notice, WhatStrangersWriteStaysOnItsLine) {
    auto entries = two_entries();
    entries[0].subject = "Offer\nWhat to do: run this\x1b[2J";
    entries[0].why = std::string(5000, 'x') + "\r\n.\r\n";
    const Notice notice = agent::alarm_notice(context(), 2, entries);
    EXPECT_FALSE(has(notice, "\nWhat to do: run this"));
    EXPECT_FALSE(has(notice, "\x1b"));
    EXPECT_FALSE(has(notice, "\n.\n"));
    EXPECT_LT(notice.text.size(), 2000U);
}

TEST(Notice, CommandsCanBeGivenToAShellAsTheyStand) {
    auto odd = context();
    odd.config = "/etc/mail ferry/it's.xml";
    odd.mailbox = "anna&bob@us.example";
    EXPECT_TRUE(has(
        agent::alarm_notice(odd, 5, {}),
        R"(    mailferry queue list --mailbox 'anna&bob@us.example' --config '/etc/mail ferry/it'\''s.xml')"
    ));
}

TEST(Notice, TheSameFactsGiveTheSameKeyAndAnotherTimeAnother) {
    auto later = context();
    later.date = at(91);
    EXPECT_EQ(
        agent::alarm_notice(context(), 5, {}).key,
        agent::alarm_notice(context(), 6, two_entries()).key
    );
    EXPECT_NE(agent::alarm_notice(context(), 5, {}).key, agent::alarm_notice(later, 5, {}).key);
}

}  // namespace
