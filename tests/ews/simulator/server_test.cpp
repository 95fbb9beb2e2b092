// The server over a real connection: challenge, keep-alive, streams, stop and restart.
#include "ews/simulator/server.hpp"

#include <gtest/gtest.h>

#include "tests/ews/simulator/connection.hpp"
#include "tests/ews/simulator/requests.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

struct SimulatorServer : ::testing::Test {
    Simulator simulator{short_heartbeat()};

    static Options short_heartbeat() {
        Options options;
        options.heartbeat = std::chrono::milliseconds(20);
        return options;
    }

    void SetUp() override {
        simulator.add_mailbox(agent);
        simulator.start();
    }

    std::string subscribe_to(Connection& connection, std::string_view folder) {
        return between(connection.ask(subscribe(folder)).body(), "<m:SubscriptionId>", "<");
    }
};

TEST_F(SimulatorServer, ChallengesWithoutClosingTheConnection) {
    Connection connection(simulator);
    const auto refused = connection.ask(get_inbox, false);
    EXPECT_EQ(refused.result_int(), 401U);
    EXPECT_TRUE(refused[http::field::www_authenticate].starts_with("Basic realm="));
    EXPECT_TRUE(refused.keep_alive());
    const auto granted = connection.ask(get_inbox);
    EXPECT_EQ(granted.result_int(), 200U);
    EXPECT_EQ(granted[http::field::content_type], "text/xml; charset=utf-8");
}

TEST_F(SimulatorServer, SurvivesRubbish) {
    Connection connection(simulator);
    const auto response = connection.ask("<m:GetFolder>");
    EXPECT_EQ(response.result_int(), 500U);
    EXPECT_EQ(connection.ask(get_inbox).result_int(), 200U);
}

TEST_F(SimulatorServer, StreamsTheMoveThatHappensMeanwhile) {
    const auto item = simulator.deliver(agent, "inbox", mail("One"));
    Connection ordinary(simulator), streaming(simulator);
    const auto id = subscribe_to(ordinary, "inbox");
    streaming.send(stream(id));
    const auto opened = streaming.read_until("OK</m:ConnectionStatus>");
    EXPECT_TRUE(has(opened, "chunked"));
    EXPECT_TRUE(has(opened, "<Envelope "));
    const auto new_id = simulator.move(agent, item, "- Create New Case");
    const auto told = streaming.read_until("</t:MovedEvent>");
    EXPECT_TRUE(has(told, new_id));
    EXPECT_TRUE(has(told, item));
}

TEST_F(SimulatorServer, KeepsEventsForALaterStream) {
    Connection ordinary(simulator), streaming(simulator);
    const auto id = subscribe_to(ordinary, "inbox");
    const auto item = simulator.deliver(agent, "inbox", mail("One"));
    streaming.send(stream(id));
    EXPECT_TRUE(has(streaming.read_until("</t:CreatedEvent>"), item));
}

TEST_F(SimulatorServer, SendsHeartbeats) {
    Connection connection(simulator);
    const auto id = subscribe_to(connection, "inbox");
    connection.send(stream(id));
    EXPECT_TRUE(has(connection.read_until("<t:StatusEvent"), id));
}

TEST_F(SimulatorServer, RefusesAStreamOfAnUnknownSubscriptionAndGoesOn) {
    Connection connection(simulator);
    const auto refused = connection.ask(stream("AAAA"));
    EXPECT_EQ(codes(refused.body()), "ErrorInvalidSubscription");
    EXPECT_TRUE(has(refused.body(), "<m:SubscriptionId>AAAA</m:SubscriptionId>"));
    EXPECT_TRUE(has(refused.body(), "Closed</m:ConnectionStatus>"));
    EXPECT_EQ(connection.ask(get_inbox).result_int(), 200U);
}

TEST_F(SimulatorServer, EndsTheStreamWhenItsSubscriptionsAreDropped) {
    Connection connection(simulator);
    const auto id = subscribe_to(connection, "inbox");
    connection.send(stream(id));
    connection.read_until("OK</m:ConnectionStatus>");
    simulator.drop_subscriptions();
    EXPECT_TRUE(
        has(connection.read_until("Closed</m:ConnectionStatus>"), "ErrorInvalidSubscription")
    );
}

TEST_F(SimulatorServer, KeepsMailAndPortOverARestart) {
    simulator.deliver(agent, "inbox", mail("One"));
    Connection before(simulator);
    EXPECT_EQ(before.ask(get_inbox).result_int(), 200U);
    const auto url = simulator.url();
    simulator.stop();
    EXPECT_TRUE(before.is_closed());
    simulator.start();
    EXPECT_EQ(simulator.url(), url);
    Connection after(simulator);
    EXPECT_EQ(after.ask(get_inbox).result_int(), 200U);
    ASSERT_EQ(simulator.items(agent, "inbox").size(), 1U);
    EXPECT_EQ(simulator.items(agent, "inbox")[0].subject, "One");
    EXPECT_EQ(simulator.requests("GetFolder"), 2U);
}

TEST_F(SimulatorServer, HangsUpOrAnswersWithAStatusWhereATestWantsIt) {
    Fault unavailable;
    unavailable.kind = Fault::Kind::http_status;
    unavailable.status = 503;
    unavailable.back_off = std::chrono::seconds(7);
    simulator.inject("GetFolder", unavailable);
    Connection connection(simulator);
    const auto response = connection.ask(get_inbox);
    EXPECT_EQ(response.result_int(), 503U);
    EXPECT_EQ(response[http::field::retry_after], "7");
    Fault drop;
    drop.kind = Fault::Kind::drop;
    simulator.inject("GetFolder", drop);
    connection.send(get_inbox);
    EXPECT_TRUE(connection.is_closed());
}

TEST_F(SimulatorServer, ShowsWhatClientsDidToAMail) {
    const auto id = simulator.deliver(agent, "inbox", mail("One", "<one@example.test>"));
    Connection connection(simulator);
    connection.ask(update_item(item(id), set_categories("CRM") + set_mark("x"), "AlwaysOverwrite"));
    const auto items = simulator.items(agent, "Inbox");
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].message_id, "<one@example.test>");
    EXPECT_EQ(items[0].categories, std::vector<std::string>{"CRM"});
    EXPECT_EQ(
        items[0].properties.at("c11ff724-aa03-4555-9952-8fa248a11c3e/State"),
        std::vector<std::string>{"x"}
    );
    EXPECT_THROW(simulator.items("nobody@example.test", "inbox"), std::invalid_argument);
    EXPECT_TRUE(simulator.items(agent, "no such folder").empty());
}

}  // namespace
