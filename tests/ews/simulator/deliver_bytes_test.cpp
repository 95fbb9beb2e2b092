// How answers and streams are sent when a planned fault wants it so, over a real connection.
#include "ews/simulator/deliver_bytes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "tests/ews/simulator/connection.hpp"
#include "tests/ews/simulator/requests.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

struct Delivery : ::testing::Test {
    Options options;
    std::optional<Simulator> simulator;

    void SetUp() override {
        options.heartbeat = std::chrono::milliseconds(20);
        start();
    }

    void start() {
        simulator.emplace(options);
        simulator->add_mailbox(agent);
        simulator->start();
    }

    /// All that a stream says after one mail has come, until the server hangs up.
    std::string stream_until_end(Connection& connection) {
        const auto id = subscribe_to(connection);
        connection.send(stream(id));
        simulator->deliver(agent, "inbox", mail("One"));
        return connection.read_all();
    }

    /// The same until `text` has come.
    std::string stream_until(Connection& connection, std::string_view text) {
        const auto id = subscribe_to(connection);
        connection.send(stream(id));
        simulator->deliver(agent, "inbox", mail("One"));
        return connection.read_until(text);
    }

    static std::string subscribe_to(Connection& connection) {
        return between(connection.ask(subscribe("inbox")).body(), "<m:SubscriptionId>", "<");
    }
};

TEST_F(Delivery, SendsAnAnswerByteByByteAndItIsTheSame) {
    Connection connection(*simulator);
    const auto whole = connection.ask(get_inbox).body();
    simulator->inject("pieces 1\n2 split-end\n3 split-character");
    EXPECT_EQ(connection.ask(get_inbox).body(), whole);
    EXPECT_EQ(connection.ask(get_inbox).body(), whole);
    EXPECT_TRUE(has(connection.ask(get_inbox).body(), "Gr\xC3\xBC\xC3\x9F"));
}

TEST_F(Delivery, CutsAnAnswer) {
    simulator->inject("GetFolder cut 40");
    Connection connection(*simulator);
    connection.send(get_inbox);
    EXPECT_EQ(connection.read_all().size(), 40U);
}

TEST_F(Delivery, ClosesBehindAnAnswerThatPromisedMore) {
    simulator->inject("GetFolder close-after");
    Connection connection(*simulator);
    const auto response = connection.ask(get_inbox);
    EXPECT_TRUE(response.keep_alive());
    EXPECT_EQ(codes(response.body()), "NoError");
    EXPECT_TRUE(connection.is_closed());
}

TEST_F(Delivery, CarriesOutWhatItDoesNotAnswer) {
    simulator->inject("CreateFolder drop-after");
    Connection connection(*simulator);
    connection.send(create_folder("New"));
    EXPECT_EQ(connection.read_all(), "");
    const auto folders = simulator->folders(agent);
    const auto is_new = [](const auto& folder) { return folder.display_name == "New"; };
    EXPECT_EQ(std::count_if(folders.begin(), folders.end(), is_new), 1);
}

TEST_F(Delivery, SaysNothingOutOfABlackHoleButServesOthers) {
    simulator->inject("GetFolder black-hole");
    Connection lost(*simulator), other(*simulator);
    lost.send(get_inbox);
    EXPECT_EQ(other.ask(find_item("")).result_int(), 200U);
    EXPECT_EQ(lost.available(), 0U);
}

TEST_F(Delivery, SendsAnotherTypeAndAByteOrderMark) {
    simulator->inject("content-type text/plain\n2 byte-order-mark");
    Connection connection(*simulator);
    EXPECT_EQ(connection.ask(get_inbox)["Content-Type"], "text/plain");
    EXPECT_TRUE(connection.ask(get_inbox).body().starts_with("\xEF\xBB\xBF<?xml"));
}

TEST_F(Delivery, SendsAStreamInTinyChunks) {
    simulator->inject("GetStreamingEvents pieces 1");
    Connection connection(*simulator);
    EXPECT_TRUE(has(stream_until(connection, "\r\n1\r\n>\r\n"), "1\r\n<\r\n1\r\nE\r\n1\r\nn\r\n"));
}

TEST_F(Delivery, CutsAStreamAmidAnEnvelope) {
    simulator->inject("GetStreamingEvents after-events 1 cut 9");
    Connection connection(*simulator);
    EXPECT_TRUE(stream_until_end(connection).ends_with("\r\n<Envelope"));
}

TEST_F(Delivery, ClosesAStreamAfterSomeEvents) {
    simulator->inject("GetStreamingEvents after-events 1 close");
    Connection connection(*simulator);
    const auto text = stream_until(connection, "0\r\n\r\n");
    EXPECT_TRUE(has(text, "</t:CreatedEvent>"));
    EXPECT_TRUE(has(text, "Closed</m:ConnectionStatus>"));
    EXPECT_EQ(connection.ask(get_inbox).result_int(), 200U);
}

TEST_F(Delivery, EndsAStreamWithAnErrorOrRepeatsIt) {
    simulator->inject(
        "GetStreamingEvents stream-error ErrorMissedNotificationEvents\n"
        "GetStreamingEvents 2 repeat-error ErrorInvalidSubscription"
    );
    Connection connection(*simulator);
    const auto ended = stream_until(connection, "0\r\n\r\n");
    EXPECT_EQ(codes(ended), "NoError ErrorMissedNotificationEvents");
    const auto repeated = stream_until(connection, "ErrorInvalidSubscription</m:ResponseCode>");
    const auto again = connection.read_until("ErrorInvalidSubscription</m:ResponseCode>");
    EXPECT_FALSE(has(repeated + again, "Closed"));
}

TEST_F(Delivery, LetsAStreamFallSilent) {
    simulator->inject("GetStreamingEvents after-events 1 silence");
    Connection connection(*simulator), other(*simulator);
    stream_until(connection, "</Envelope>\r\n");
    simulator->deliver(agent, "inbox", mail("Two"));
    EXPECT_EQ(other.ask(find_item("")).result_int(), 200U);
}

TEST_F(Delivery, PutsEnvelopesIntoOneChunk) {
    simulator->inject("GetStreamingEvents together");
    Connection connection(*simulator);
    EXPECT_TRUE(has(stream_until(connection, "</Envelope>\r\n"), "</Envelope><Envelope"));
}

TEST_F(Delivery, PutsWhatIsIllegalIntoAStream) {
    simulator->inject("GetStreamingEvents illegal-characters");
    Connection connection(*simulator);
    EXPECT_TRUE(has(stream_until(connection, "</t:CreatedEvent>"), "</t:TimeStamp>&#x0;&#x1;"));
}

TEST_F(Delivery, SpeaksAStreamAsGrommunio) {
    options.ways.grommunio = true;
    start();
    Connection connection(*simulator);
    const auto id = subscribe_to(connection);
    simulator->deliver(agent, "inbox", mail("One"));
    connection.send(stream(id));
    const auto text = connection.read_until("</t:CreatedEvent>");
    EXPECT_TRUE(has(text, "<?xml version=\"1.0\" encoding=\"utf-8\"?><SOAP:Envelope "));
    EXPECT_TRUE(has(
        text,
        "<m:Notifications/><m:ErrorSubscriptionIds/><m:ConnectionStatus>OK</m:ConnectionStatus>"
    ));
    EXPECT_TRUE(has(text, ".000000000Z</t:TimeStamp>"));
    EXPECT_FALSE(has(text, "soap11"));
}

TEST_F(Delivery, RefusesASubscriptionAsGrommunioWithTheFirstHeartbeatOnly) {
    options.ways.grommunio = true;
    start();
    Connection connection(*simulator);
    const auto text = connection.ask(stream("AAAA")).body();
    EXPECT_EQ(codes(text), "NoError ErrorInvalidSubscription");
}

}  // namespace
