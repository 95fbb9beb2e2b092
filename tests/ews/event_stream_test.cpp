#include "ews/event_stream.hpp"

#include "tests/ews/wire.hpp"
#include "tests/fakes/transport.hpp"

namespace {

using ews::errc;
using Kind = ews::StreamMessage::Kind;

std::string message(std::string_view content, std::string_view verdict = "Success") {
    std::string body =
        "<m:GetStreamingEventsResponse><m:ResponseMessages>"
        "<m:GetStreamingEventsResponseMessage ResponseClass=\"";
    body += verdict;
    body += "\">";
    body += content;
    body +=
        "</m:GetStreamingEventsResponseMessage></m:ResponseMessages>"
        "</m:GetStreamingEventsResponse>";
    return wire::enveloped(body);
}

const std::string ok = message("<m:ConnectionStatus>OK</m:ConnectionStatus>");
const std::string closed = message("<m:ConnectionStatus>Closed</m:ConnectionStatus>");
const std::string heartbeat = message(
    "<m:Notifications><m:Notification><t:SubscriptionId>S1</t:SubscriptionId><t:StatusEvent/>"
    "</m:Notification></m:Notifications>"
);
const std::string mail = message(
    "<m:Notifications><m:Notification><t:SubscriptionId>S1</t:SubscriptionId>"
    "<t:NewMailEvent><t:ItemId Id='A'/><t:ParentFolderId Id='F'/></t:NewMailEvent>"
    "</m:Notification></m:Notifications>"
);
const std::string lost = message(
    "<m:ResponseCode>ErrorInvalidSubscription</m:ResponseCode>"
    "<m:ErrorSubscriptionIds><m:SubscriptionId>S2</m:SubscriptionId></m:ErrorSubscriptionIds>"
    "<m:ConnectionStatus>OK</m:ConnectionStatus>",
    "Error"
);

class EventStream : public testing::Test {
protected:
    EventStream() : client(transport, make_options()) {}

    static ews::ClientOptions make_options() {
        ews::ClientOptions options;
        options.url = "https://mail.example.test/EWS/Exchange.asmx";
        options.impersonate = "ann@example.test";
        return options;
    }

    void script(std::deque<std::string> chunks, http::Result<std::string> then = std::string()) {
        transport.streams.emplace_back(fakes::StreamScript{{200, {}, ""}, std::move(chunks), then});
    }

    /// The kinds of all messages until the error that ends the stream.
    std::vector<Kind> listen(ews::EventStream& stream) {
        std::vector<Kind> kinds;
        while (true) {
            auto next = wire::run(stream.next());
            if (!next) {
                last = next.error();
                return kinds;
            }
            kinds.push_back(next->kind);
        }
    }

    fakes::Transport transport;
    ews::Client client;
    ews::Error last;
};

TEST_F(EventStream, TellsOpeningEventsHeartbeatAndEnd) {
    script({ok, mail, heartbeat, closed});
    ews::EventStream stream(client, {{"S1"}});
    EXPECT_EQ(
        listen(stream), (std::vector{Kind::opened, Kind::events, Kind::heartbeat, Kind::closed})
    );
    EXPECT_EQ(last.code, errc::unreachable);
    const auto& asked = transport.asked.at(0);
    EXPECT_NE(asked.body.find("<t:SubscriptionId>S1</t:SubscriptionId>"), std::string::npos);
    const http::Field anchor{"X-AnchorMailbox", "ann@example.test"};
    EXPECT_NE(std::find(asked.fields.begin(), asked.fields.end(), anchor), asked.fields.end());
}

TEST_F(EventStream, HandsOverTheEvents) {
    script({ok + mail});
    ews::EventStream stream(client, {{"S1"}});
    ASSERT_TRUE(wire::run(stream.next()));
    const auto next = wire::run(stream.next());
    ASSERT_TRUE(next);
    ASSERT_EQ(next->notifications.size(), 1u);
    EXPECT_EQ(next->notifications[0].events.at(0).item->id, "A");
}

TEST_F(EventStream, ChunksNeedNotBeEnvelopes) {
    std::deque<std::string> bytes;
    for (const char c : ok + mail + closed) bytes.emplace_back(1, c);
    script(std::move(bytes));
    ews::EventStream stream(client, {{"S1"}});
    EXPECT_EQ(listen(stream), (std::vector{Kind::opened, Kind::events, Kind::closed}));
}

// grommunio: everything in one envelope, and a status event together with the end.
TEST_F(EventStream, ReadsStatusAndNotificationsOfOneEnvelope) {
    script(
        {message("<m:Notifications/><m:ErrorSubscriptionIds/><m:ConnectionStatus>OK</"
                 "m:ConnectionStatus>"),
         message("<m:Notifications><m:Notification><t:SubscriptionId>S1</t:SubscriptionId>"
                 "<t:StatusEvent/></m:Notification></m:Notifications>"
                 "<m:ConnectionStatus>Closed</m:ConnectionStatus>"),
         closed}
    );
    ews::EventStream stream(client, {{"S1"}});
    EXPECT_EQ(listen(stream), (std::vector{Kind::opened, Kind::heartbeat, Kind::closed}));
}

TEST_F(EventStream, ALostSubscriptionBeatsTheStatusOk) {
    script({ok, lost});
    ews::EventStream stream(client, {{"S1"}, {"S2"}});
    EXPECT_EQ(listen(stream), (std::vector{Kind::opened}));
    EXPECT_EQ(last.code, errc::subscription_lost);
    EXPECT_EQ(stream.refused(), (std::vector<ews::SubscriptionId>{{"S2"}}));
    EXPECT_TRUE(stream.has_head() && stream.was_opened());
}

TEST_F(EventStream, AnErrorInTheFirstEnvelopeIsNoOpening) {
    script({lost});
    ews::EventStream stream(client, {{"S1"}, {"S2"}});
    EXPECT_TRUE(listen(stream).empty());
    EXPECT_TRUE(stream.has_head());
    EXPECT_FALSE(stream.was_opened());
}

TEST_F(EventStream, ABusyServerIsLeftAloneByAllWhoShareTheGate) {
    http::Gate gate;
    auto options = make_options();
    options.gate = &gate;
    ews::Client careful(transport, options);
    script({message(
        "<m:ResponseCode>ErrorServerBusy</m:ResponseCode><m:MessageXml>"
        "<t:Value Name=\"BackOffMilliseconds\">300000</t:Value></m:MessageXml>",
        "Error"
    )});
    ews::EventStream refused(careful, {{"S1"}});
    EXPECT_TRUE(listen(refused).empty());
    EXPECT_EQ(last.back_off, std::chrono::milliseconds(300'000));
    ews::EventStream next(careful, {{"S1"}});
    EXPECT_TRUE(listen(next).empty());
    EXPECT_EQ(last.code, errc::server_busy);
    EXPECT_EQ(transport.asked.size(), 1U);
}

TEST_F(EventStream, AServerThatHangsUpIsAnEndLikeAnyOther) {
    script({ok, mail.substr(0, 40)});
    ews::EventStream stream(client, {{"S1"}});
    EXPECT_EQ(listen(stream), (std::vector{Kind::opened, Kind::closed}));
}

TEST_F(EventStream, SilenceIsATimeout) {
    script({ok}, http::Error{http::errc::timeout, "silent"});
    ews::EventStream stream(client, {{"S1"}});
    EXPECT_EQ(listen(stream), (std::vector{Kind::opened}));
    EXPECT_EQ(last.code, errc::timeout);
    EXPECT_EQ(last.text, "silent");
}

TEST_F(EventStream, SilenceFromTheBeginningPointsAtAProxy) {
    script({}, http::Error{http::errc::timeout, "silent"});
    ews::EventStream stream(client, {{"S1"}});
    EXPECT_TRUE(listen(stream).empty());
    EXPECT_NE(last.text.find("proxy"), std::string::npos);
}

TEST_F(EventStream, WhatCameBeforeTheTroubleIsNotLost) {
    script({ok + mail + "<html>"});
    ews::EventStream stream(client, {{"S1"}});
    EXPECT_EQ(listen(stream), (std::vector{Kind::opened, Kind::events}));
    EXPECT_EQ(last.code, errc::not_ews);
}

TEST_F(EventStream, ARefusalWithAFaultIsRead) {
    fakes::StreamScript refusal{{500, {}, ""}, {}, std::string()};
    refusal.chunks = {
        wire::enveloped("<s:Fault><detail><e:ResponseCode>ErrorSubscriptionNotFound</"
                        "e:ResponseCode></detail></s:Fault>")};
    transport.streams.emplace_back(std::move(refusal));
    ews::EventStream stream(client, {{"S1"}});
    EXPECT_TRUE(listen(stream).empty());
    EXPECT_EQ(last.code, errc::subscription_lost);
}

TEST_F(EventStream, ARefusalKeepsTheTimeThatItsHeadAsksFor) {
    fakes::StreamScript refusal{{503, {{"Retry-After", "120"}}, ""}, {}, std::string()};
    refusal.chunks = {
        wire::enveloped("<s:Fault><detail><e:ResponseCode>ErrorServerBusy</e:ResponseCode>"
                        "</detail></s:Fault>")};
    transport.streams.emplace_back(std::move(refusal));
    ews::EventStream stream(client, {{"S1"}});
    EXPECT_TRUE(listen(stream).empty());
    EXPECT_EQ(last.code, errc::unavailable);
    EXPECT_EQ(last.back_off, std::chrono::seconds(120));
}

TEST_F(EventStream, ARefusalIsReadForAsLongAsAnOpeningMayTake) {
    fakes::StreamScript trickle{{500, {}, ""}, {}, std::string("x")};
    trickle.chunks = {
        wire::enveloped("<s:Fault><detail><e:ResponseCode>ErrorSubscriptionNotFound</"
                        "e:ResponseCode></detail></s:Fault>")};
    transport.streams.emplace_back(std::move(trickle));
    ews::EventStreamOptions options;
    options.opening = std::chrono::milliseconds(0);
    ews::EventStream stream(client, {{"S1"}}, options);
    EXPECT_TRUE(listen(stream).empty());
    EXPECT_EQ(last.code, errc::gateway);
}

TEST_F(EventStream, ARefusedLoginIsSaidInPlainWords) {
    transport.streams.emplace_back(fakes::StreamScript{{401, {}, ""}, {}, std::string()});
    ews::EventStream stream(client, {{"S1"}});
    EXPECT_TRUE(listen(stream).empty());
    EXPECT_EQ(last.code, errc::unauthorised);
}

TEST_F(EventStream, MoreSubscriptionsThanAServerTakesAreNotLeftOutSilently) {
    ews::EventStream stream(client, std::vector<ews::SubscriptionId>(201, {"S"}));
    EXPECT_TRUE(listen(stream).empty());
    EXPECT_EQ(last.code, errc::invalid_request);
    EXPECT_TRUE(transport.asked.empty());
}

TEST_F(EventStream, ClosedByUsItSaysSo) {
    script({ok, mail});
    ews::EventStream stream(client, {{"S1"}});
    ASSERT_TRUE(wire::run(stream.next()));
    stream.close();
    EXPECT_TRUE(listen(stream).empty());
    EXPECT_EQ(last.code, errc::cancelled);
}

}  // namespace
