// The server over a real connection: challenge, keep-alive, streams, stop and restart.
#include "ews/simulator/server.hpp"

#include <gtest/gtest.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "tests/ews/simulator/ask.hpp"
#include "tests/ews/simulator/requests.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

namespace http = boost::beast::http;
using boost::asio::ip::tcp;
using Response = http::response<http::string_body>;

constexpr const char* get_inbox =
    "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds>"
    R"(<t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:GetFolder>)";

/// One connection to a simulator.
class Connection {
public:
    explicit Connection(const Simulator& simulator) {
        const auto port = between(simulator.url(), "127.0.0.1:", "/");
        socket_.connect(
            {boost::asio::ip::make_address("127.0.0.1"),
             static_cast<unsigned short>(std::stoi(port))}
        );
    }

    void send(std::string_view body, bool with_password = true) {
        http::request<http::string_body> request{http::verb::post, "/ews/exchange.ASMX", 11};
        request.set(http::field::host, "localhost");
        if (with_password)
            request.set(http::field::authorization, "Basic " + encode_base64(agent + ":secret"));
        request.body() = envelope(body);
        request.prepare_payload();
        http::write(socket_, request);
    }

    Response receive() {
        Response response;
        http::read(socket_, buffer_, response);
        return response;
    }

    Response ask(std::string_view body, bool with_password = true) {
        send(body, with_password);
        return receive();
    }

    /// Reads, chunk marks and all, until `text` has come.
    std::string read_until(std::string_view text) {
        std::string received;
        while (received.find(text) == std::string::npos) {
            char part[4096];
            received.append(part, socket_.read_some(boost::asio::buffer(part)));
        }
        return received;
    }

    bool is_closed() {
        char part[16];
        boost::system::error_code error;
        socket_.read_some(boost::asio::buffer(part), error);
        return error.failed();
    }

private:
    boost::asio::io_context io_;
    tcp::socket socket_{io_};
    boost::beast::flat_buffer buffer_;
};

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
