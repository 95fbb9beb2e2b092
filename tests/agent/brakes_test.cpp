#include "agent/brakes.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "agent/limits.hpp"

namespace {

using namespace std::chrono_literals;
using agent::Brakes;
using agent::Time;

Time at(std::chrono::minutes since) {
    return Time(since);
}

rules::Mail mail(const std::string& from, const std::string& thread) {
    rules::Mail mail;
    mail.thread = thread;
    mail.subject = "Offer";
    rules::Addressee to, sender;
    to.key = "anna@us.example";
    sender.address = sender.key = from;
    sender.position = rules::Position::from;
    mail.addressees = {to};
    if (!from.empty()) mail.addressees.push_back(sender);
    return mail;
}

/// "SENDER/THREAD"
std::string recent(const Brakes& brakes, const rules::Mail& mail, Time now) {
    const rules::Recent recent = brakes.recent(mail, 60min, now);
    return fmt::format("{}/{}", recent.of_sender, recent.of_thread);
}

/// "MAILS of SENDER or SUBJECT since MINUTE": what an admin is told.
std::string told(const Brakes& brakes, const rules::Mail& mail, const rules::LoopBrakes& limits, Time now) {
    const agent::LoopFacts facts = brakes.facts(mail, limits, now);
    const auto since = std::chrono::duration_cast<std::chrono::minutes>(facts.first.time_since_epoch());
    return fmt::format("{} of {} since {}", facts.mails, facts.what, since.count());
}

TEST(Brakes, CountSenderAndConversationApart) {
    Brakes brakes;
    brakes.count(mail("ann@acme.example", "t1"), 60min, at(1min));
    brakes.count(mail("ann@acme.example", "t2"), 60min, at(2min));
    brakes.count(mail("bob@acme.example", "t1"), 60min, at(3min));
    EXPECT_EQ(recent(brakes, mail("ann@acme.example", "t1"), at(4min)), "2/2");
    EXPECT_EQ(recent(brakes, mail("ann@acme.example", "t3"), at(4min)), "2/0");
    EXPECT_EQ(recent(brakes, mail("eve@acme.example", "t2"), at(4min)), "0/1");
}

TEST(Brakes, TheWindowSlides) {
    Brakes brakes;
    const rules::Mail one = mail("ann@acme.example", "t1");
    brakes.count(one, 60min, at(1min));
    brakes.count(one, 60min, at(31min));
    EXPECT_EQ(recent(brakes, one, at(60min)), "2/2");
    EXPECT_EQ(recent(brakes, one, at(61min)), "1/1")
        << "counted an hour ago is not within the hour";
    EXPECT_EQ(recent(brakes, one, at(91min)), "0/0");
}

TEST(Brakes, WhatTheMailDoesNotHaveIsNotCounted) {
    Brakes brakes;
    const rules::Mail nameless = mail("", "");
    brakes.count(nameless, 60min, at(1min));
    brakes.count(nameless, 60min, at(2min));
    EXPECT_EQ(recent(brakes, nameless, at(3min)), "0/0");
}

TEST(Brakes, TheFirstIsTheOldestWithinTheWindow) {
    Brakes brakes;
    const rules::Mail one = mail("ann@acme.example", "t1");
    brakes.count(one, 60min, at(1min));
    brakes.count(mail("bob@acme.example", "t1"), 60min, at(20min));
    brakes.count(one, 60min, at(30min));
    EXPECT_EQ(told(brakes, one, {2, 0, 60min}, at(40min)), "2 of ann@acme.example since 1");
    EXPECT_EQ(told(brakes, one, {1, 0, 60min}, at(70min)), "1 of ann@acme.example since 30") << "the one before is too old";
    EXPECT_EQ(told(brakes, one, {0, 2, 60min}, at(70min)), "2 of Offer since 20") << "whoever wrote it";
}

TEST(Brakes, AClockThatWasPutBackHoldsNobody) {
    Brakes brakes;
    const rules::Mail one = mail("ann@acme.example", "t1");
    brakes.count(one, 60min, at(100min));
    EXPECT_EQ(recent(brakes, one, at(10min)), "0/0");
    brakes.count(one, 60min, at(11min));
    EXPECT_EQ(recent(brakes, one, at(12min)), "1/1");
}

TEST(Brakes, TheOldestAreForgottenWhereThereAreTooMany) {
    Brakes brakes;
    const rules::Mail first = mail("ann@acme.example", "t1"),
                      others = mail("bob@acme.example", "t2");
    brakes.count(first, 60min, at(1min));
    const std::size_t most = agent::limits::braked_entries;
    for (std::size_t i = 1; i < most; ++i) brakes.count(others, 60min, at(2min));
    EXPECT_EQ(recent(brakes, first, at(3min)), "1/1");
    brakes.count(others, 60min, at(3min));
    EXPECT_EQ(recent(brakes, first, at(3min)), "0/0");
    EXPECT_EQ(recent(brakes, others, at(3min)), fmt::format("{0}/{0}", most));
}

}  // namespace
