#include "ews/operations/get_streaming_events.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::EventKind;
using ews::GetStreamingEvents;
using Connection = ews::StreamedEvents::Connection;

TEST(GetStreamingEvents, NamesSubscriptionsAndMinutes) {
    const GetStreamingEvents operation{{{"S1"}, {"S2"}}, std::chrono::minutes(5)};
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:GetStreamingEvents>
          <m:SubscriptionIds>
            <t:SubscriptionId>S1</t:SubscriptionId><t:SubscriptionId>S2</t:SubscriptionId>
          </m:SubscriptionIds>
          <m:ConnectionTimeout>5</m:ConnectionTimeout>
        </m:GetStreamingEvents>)"));
}

TEST(GetStreamingEvents, ReadsTheEventsOfEachSubscription) {
    const auto reply = wire::read(GetStreamingEvents(), R"(
        <m:GetStreamingEventsResponse><m:ResponseMessages>
          <m:GetStreamingEventsResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:Notifications>
              <m:Notification><t:SubscriptionId>S1</t:SubscriptionId><t:StatusEvent/></m:Notification>
              <m:Notification><t:SubscriptionId>S2</t:SubscriptionId>
                <t:NewMailEvent>
                  <t:TimeStamp>2026-11-23T09:00:00Z</t:TimeStamp>
                  <t:ItemId Id="A" ChangeKey="CQAAAA=="/><t:ParentFolderId Id="F"/>
                </t:NewMailEvent>
              </m:Notification>
            </m:Notifications>
          </m:GetStreamingEventsResponseMessage>
        </m:ResponseMessages></m:GetStreamingEventsResponse>)");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->connection, Connection::unsaid);
    ASSERT_EQ(reply->notifications.size(), 2u);
    EXPECT_TRUE(reply->notifications[0].events.empty());
    EXPECT_EQ(reply->notifications[1].subscription.id, "S2");
    EXPECT_EQ(reply->notifications[1].events.at(0).kind, EventKind::new_mail);
}

// As grommunio does; and once a client listened for hours to a subscription that was dead.
TEST(GetStreamingEvents, ReadsStatusEventsAndErrorOfOneEnvelope) {
    const auto reply = wire::read(GetStreamingEvents(), R"(
        <m:GetStreamingEventsResponse><m:ResponseMessages>
          <m:GetStreamingEventsResponseMessage ResponseClass="Error">
            <m:MessageText>E-3246</m:MessageText>
            <m:ResponseCode>ErrorInvalidSubscription</m:ResponseCode>
            <m:Notifications/>
            <m:ErrorSubscriptionIds><m:SubscriptionId>S2</m:SubscriptionId></m:ErrorSubscriptionIds>
            <m:ConnectionStatus>OK</m:ConnectionStatus>
          </m:GetStreamingEventsResponseMessage>
        </m:ResponseMessages></m:GetStreamingEventsResponse>)");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->connection, Connection::ok);
    ASSERT_TRUE(reply->error);
    EXPECT_EQ(reply->error->code, ews::errc::subscription_lost);
}

}  // namespace
