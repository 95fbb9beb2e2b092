// Subscriptions and streams as what a server has few of: how many there are, where they live, and
// that they are given back.
#include <boost/asio/use_future.hpp>
#include <memory>
#include <string>
#include <vector>

#include "ews/stream_groups.hpp"
#include "tests/failures/office.hpp"

namespace {

using namespace failures;

TEST(Failure07, StreamsTakeNoPlaceOfTheRequests) {
    Office office({anna, ben, "chloe@us.example"});
    ews::simulator::Options few;
    // Two, the stream, and the one before it, which may still be ending.
    few.budget.connections = 4;
    few.budget.requests = 2;
    Simulator& server = office.move_to(few);
    office.limits.per_server = 1;
    office.limits.per_key = 1;
    office.limits.syncs_per_server = 1;
    office.open();
    office.listen();
    for (const auto* mailbox : {anna, ben, "chloe@us.example"})
        drop(server, mail(customer, std::string("offer for ") + mailbox), mailbox);
    office.expect_filed(3);
    EXPECT_EQ(office.complaints(), Lines{});
}

TEST(Failure08, StoppingEndsTheStreamAtOnceAndWaitsForNoAnswer) {
    Office office;
    office.paces.unsubscribe = 50ms;
    office.exchange.inject("Unsubscribe always black-hole");
    office.open();
    office.listen();
    office.close();
    EXPECT_EQ(office.exchange.requests("Unsubscribe"), 1U);
    office.context.restart();
    office.context.run_for(1s);
    EXPECT_TRUE(office.context.stopped()) << "somebody is still waiting";
    office.open();
    office.await_log("info listening", 2);
    office.drop(mail(customer, "offer"));
    office.expect_filed(1);
    EXPECT_EQ(office.complaints(), Lines{});
}

/// Somebody who logs in to the mailbox of Anna as the agent does, beside it.
class Visitor {
public:
    Visitor(Office& office, const Simulator& server)
        : office_(office),
          folder_{server.folders(anna).front().id, ""},
          config_(office.config()),
          connection_(
              agent::open_connection(office.context.get_executor(), config_.exchanges.front())
                  .value()
          ),
          client_(
              *connection_.transport,
              agent::client_options(
                  config_.exchanges.front(), connection_, config_.policies.front().mailboxes.front()
              )
          ) {}

    ~Visitor() { office_.rest(); }  // what it has left ends first
    Visitor(const Visitor&) = delete;
    Visitor& operator=(const Visitor&) = delete;

    std::unique_ptr<ews::StreamMember> join(ews::StreamGroups& groups) {
        auto joining = groups.join(client_, {folder_});
        auto joined =
            boost::asio::co_spawn(office_.context, std::move(joining), boost::asio::use_future);
        office_.pump([&] { return joined.wait_for(0s) == std::future_status::ready; });
        return joined.get().value();
    }

private:
    Office& office_;
    ews::FolderId folder_;
    agent::Config config_;
    agent::Connection connection_;
    ews::Client client_;
};

using Standing = std::vector<ews::StandingSubscription>;

ews::simulator::Options one_subscription() {
    ews::simulator::Options options;
    options.budget.subscriptions = 1;
    return options;
}

TEST(Failure09, WhoStopsGivesItsSubscriptionBackSoRestartsAddUpToNothing) {
    Office office;
    office.move_to(one_subscription());
    for (std::size_t life = 1; life <= 4; ++life) {
        office.start();
        office.await_log("info listening", life);
        office.stop();
    }
    EXPECT_EQ(office.complaints(), Lines{});
}

TEST(Failure09, WhatACrashHasLeftIsGivenBackBeforeMoreIsAskedFor) {
    Office office;
    Simulator& server = office.move_to(one_subscription());
    Visitor visitor(office, server);
    Standing noted;
    const auto note = [&](const std::string&, const Standing& living) { noted = living; };
    ews::StreamGroups crashed({}, note);
    visitor.join(crashed).reset();
    ASSERT_EQ(noted.size(), 1U);
    ews::StreamGroups next({}, note);
    next.hand_in(anna, noted);
    const auto member = visitor.join(next);
    EXPECT_EQ(server.requests("Unsubscribe"), 1U);
    EXPECT_EQ(noted.size(), 1U);
}

/// The agent ends while the server answers no Unsubscribe, which is for the server as if it
/// crashed.
void crash(Office& office, Simulator& server) {
    office.paces.unsubscribe = 50ms;
    server.inject("Unsubscribe always black-hole");
    office.open();
    office.listen();
    office.close();
    server.heal();
}

TEST(Failure09, WhatTheAgentLeavesInACrashItsNextStartGivesBack) {
    Office office;
    Simulator& server = office.move_to(one_subscription());
    crash(office, server);
    const auto before = server.requests("Unsubscribe");
    office.start();
    office.await_log("info listening", 2);
    EXPECT_EQ(server.requests("Unsubscribe"), before + 1);
    office.stop();
    office.start();
    office.await_log("info listening", 3);
    EXPECT_EQ(server.requests("Unsubscribe"), before + 2) << "it is forgotten";
    EXPECT_EQ(office.complaints(), Lines{});
}

TEST(Failure09, LeftoversThatCannotBeGivenBackDelayNoMail) {
    Office office;
    Simulator& server = office.move_to({});
    crash(office, server);
    server.inject("Unsubscribe always black-hole");
    office.paces.clear_up = 100ms;
    office.open();
    office.await_log("info listening", 2);
    drop(server, mail(customer, "offer"), anna);
    office.expect_filed(1);
    EXPECT_EQ(office.complaints(), Lines{});
}

// Each mailbox may have one subscription, and one of the two lives at the other one's mail server.
TEST(Failure10, WhatACrashHasLeftIsGivenBackToTheServerThatHoldsIt) {
    Office office({anna, ben});
    auto options = one_subscription();
    options.ways.back_ends = 2;
    Simulator& server = office.move_to(options);
    crash(office, server);
    office.start();
    office.await_log("info listening", 4);
    EXPECT_EQ(office.complaints(), Lines{});
}

TEST(Failure09, WhereTooManyAreLeftNoneIsAskedForUntilTheyExpireAndOtherMailboxesGoOn) {
    Office office({anna, ben});
    Simulator& server = office.move_to(one_subscription());
    Visitor visitor(office, server);
    ews::StreamGroups crashed;
    visitor.join(crashed).reset();
    office.start();
    const std::string of_anna = "error unreachable mailbox=anna@us.example";
    office.await_log(of_anna);
    office.await_log("info listening mailbox=ben@us.example");
    drop(server, mail(customer, "offer"), ben);
    office.expect_filed(1);
    EXPECT_NE(office.line(of_anna).find("ErrorExceededSubscriptionCount"), std::string::npos);
    EXPECT_GE(again_in(office.line(of_anna)), 60);
    EXPECT_EQ(office.complaints().size(), 1U) << office.last_lines();
}

// Each mailbox may have one subscription: one that is not given back is missed at the second start.
TEST(Failure10, AllOfASubscriptionGoesToTheServerThatHoldsIt) {
    Office office({anna, ben});
    auto options = one_subscription();
    options.ways.back_ends = 2;
    Simulator& server = office.move_to(options);
    office.start();
    office.listen();
    drop(server, mail(customer, "for-anna"), anna);
    drop(server, mail(customer, "for-ben"), ben);
    office.expect_filed(2);
    office.stop();
    office.start();
    office.await_log("info listening", 4);
    EXPECT_EQ(server.requests("Subscribe"), 4U);
    EXPECT_EQ(office.complaints(), Lines{});
}

}  // namespace
