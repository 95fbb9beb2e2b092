#include "ews/notification.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::EventKind;

TEST(Notification, ReadsOldAndNewPlaceOfAMovedItem) {
    pugi::xml_document document;
    document.load_string(R"(
        <m:Notification><t:SubscriptionId>S1</t:SubscriptionId>
          <t:MovedEvent>
            <t:TimeStamp>2026-11-23T09:00:05Z</t:TimeStamp>
            <t:ItemId Id="A2"/><t:ParentFolderId Id="To"/>
            <t:OldItemId Id="A1"/><t:OldParentFolderId Id="From"/>
          </t:MovedEvent>
          <t:ModifiedEvent>
            <t:FolderId Id="To"/><t:ParentFolderId Id="Root"/><t:UnreadCount>1</t:UnreadCount>
          </t:ModifiedEvent>
          <t:FreeBusyChangedEvent><t:ItemId Id="X"/></t:FreeBusyChangedEvent>
        </m:Notification>)");
    const auto notification = ews::read_notification(document.document_element());
    EXPECT_EQ(notification.subscription.id, "S1");
    ASSERT_EQ(notification.events.size(), 3u);
    const auto& moved = notification.events[0];
    EXPECT_EQ(moved.kind, EventKind::moved);
    EXPECT_EQ(moved.item->id, "A2");
    EXPECT_EQ(moved.old_item->id, "A1");
    EXPECT_TRUE(moved.at);
    EXPECT_EQ(ews::folders_of(moved), (std::vector<ews::FolderId>{{"To", ""}, {"From", ""}}));
    const auto& modified = notification.events[1];
    EXPECT_FALSE(modified.item);
    EXPECT_EQ(ews::folders_of(modified), (std::vector<ews::FolderId>{{"To", ""}, {"Root", ""}}));
    EXPECT_EQ(notification.events[2].kind, EventKind::other);
}

TEST(Notification, AHeartbeatHasNoEvents) {
    pugi::xml_document document;
    document.load_string(
        "<m:Notification><t:SubscriptionId>S1</t:SubscriptionId><t:StatusEvent/></m:Notification>"
    );
    EXPECT_TRUE(ews::read_notification(document.document_element()).events.empty());
}

TEST(Notification, AnErrorMayNameTheSubscriptionsItIsAbout) {
    pugi::xml_document document;
    document.load_string(
        "<m:GetStreamingEventsResponseMessage><m:ErrorSubscriptionIds>"
        "<m:SubscriptionId> S1 </m:SubscriptionId><m:SubscriptionId>S2</m:SubscriptionId>"
        "</m:ErrorSubscriptionIds></m:GetStreamingEventsResponseMessage>"
    );
    EXPECT_EQ(
        ews::read_refused(document.document_element()),
        (std::vector<ews::SubscriptionId>{{"S1"}, {"S2"}})
    );
    document.load_string(
        "<m:GetStreamingEventsResponseMessage><m:ErrorSubscriptionIds/></m:"
        "GetStreamingEventsResponseMessage>"
    );
    EXPECT_TRUE(ews::read_refused(document.document_element()).empty());
}

TEST(EventKind, HasTheNamesOfTheSchema) {
    EXPECT_EQ(ews::to_text(EventKind::new_mail), "NewMailEvent");
    EXPECT_EQ(ews::to_text(EventKind::copied), "CopiedEvent");
}

}  // namespace
