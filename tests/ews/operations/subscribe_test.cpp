#include "ews/operations/subscribe.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::EventKind;
using ews::Subscribe;

TEST(Subscribe, NamesFoldersAndEvents) {
    Subscribe operation{{ews::DistinguishedFolder::inbox, ews::FolderId{"F", ""}}};
    operation.events = {EventKind::new_mail, EventKind::created, EventKind::moved};
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:Subscribe><m:StreamingSubscriptionRequest>
          <t:FolderIds><t:DistinguishedFolderId Id="inbox"/><t:FolderId Id="F"/></t:FolderIds>
          <t:EventTypes>
            <t:EventType>NewMailEvent</t:EventType>
            <t:EventType>CreatedEvent</t:EventType>
            <t:EventType>MovedEvent</t:EventType>
          </t:EventTypes>
        </m:StreamingSubscriptionRequest></m:Subscribe>)"));
}

TEST(Subscribe, WithoutFoldersItCoversTheMailbox) {
    Subscribe operation{{}};
    operation.events = {EventKind::deleted};
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:Subscribe><m:StreamingSubscriptionRequest SubscribeToAllFolders="true">
          <t:EventTypes><t:EventType>DeletedEvent</t:EventType></t:EventTypes>
        </m:StreamingSubscriptionRequest></m:Subscribe>)"));
}

TEST(Subscribe, ReadsTheId) {
    const auto reply = wire::read(Subscribe(), R"(
        <m:SubscribeResponse><m:ResponseMessages>
          <m:SubscribeResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:SubscriptionId>JgBib=</m:SubscriptionId>
          </m:SubscribeResponseMessage>
        </m:ResponseMessages></m:SubscribeResponse>)");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->id, "JgBib=");
}

TEST(Subscribe, ReportsThatThereAreTooMany) {
    const auto reply = wire::read(Subscribe(), R"(
        <m:SubscribeResponse><m:ResponseMessages>
          <m:SubscribeResponseMessage ResponseClass="Error">
            <m:ResponseCode>ErrorExceededSubscriptionCount</m:ResponseCode>
          </m:SubscribeResponseMessage>
        </m:ResponseMessages></m:SubscribeResponse>)");
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ews::errc::too_many_subscriptions);
}

}  // namespace
