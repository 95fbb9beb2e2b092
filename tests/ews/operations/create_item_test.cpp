#include "ews/operations/create_item.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::CreateItem;
using ews::SendNewItem;

TEST(CreateItem, SavesMimeAsAReceivedMailNotADraft) {
    const CreateItem operation{
        ews::DistinguishedFolder::inbox,
        {{"From: a@b.test\r\n\r\nhi\r\n", {"CRM"}, "archived:1", true}}};
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:CreateItem MessageDisposition="SaveOnly">
          <m:SavedItemFolderId><t:DistinguishedFolderId Id="inbox"/></m:SavedItemFolderId>
          <m:Items><t:Message>
            <t:MimeContent CharacterSet="UTF-8">RnJvbTogYUBiLnRlc3QNCg0KaGkNCg==</t:MimeContent>
            <t:Categories><t:String>CRM</t:String></t:Categories>
            <t:ExtendedProperty>
              <t:ExtendedFieldURI PropertyTag="0x0e07" PropertyType="Integer"/><t:Value>1</t:Value>
            </t:ExtendedProperty>
            <t:ExtendedProperty>
              <t:ExtendedFieldURI PropertySetId="e4a5cddd-8232-4c41-8378-eb9424f2f73a"
                  PropertyName="MailferryState" PropertyType="String"/>
              <t:Value>archived:1</t:Value>
            </t:ExtendedProperty>
            <t:IsRead>true</t:IsRead>
          </t:Message></m:Items>
        </m:CreateItem>)"));
}

TEST(CreateItem, OneRefusedMailDoesNotHideTheOther) {
    const CreateItem operation{ews::DistinguishedFolder::inbox, {{"a"}, {"b"}}};
    const auto reply = wire::read(operation, R"(
        <m:CreateItemResponse><m:ResponseMessages>
          <m:CreateItemResponseMessage ResponseClass="Error">
            <m:ResponseCode>ErrorItemCorrupt</m:ResponseCode><m:Items/>
          </m:CreateItemResponseMessage>
          <m:CreateItemResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:Items><t:Message><t:ItemId Id="N" ChangeKey="K"/></t:Message></m:Items>
          </m:CreateItemResponseMessage>
        </m:ResponseMessages></m:CreateItemResponse>)");
    ASSERT_TRUE(reply);
    ASSERT_FALSE(reply->at(0));
    EXPECT_EQ(reply->at(0).error().code, ews::errc::corrupt);
    ASSERT_TRUE(reply->at(1));
    EXPECT_EQ(reply->at(1)->id, "N");
}

TEST(SendNewItem, SendsMimeAndMarksTheCopyInSentItems) {
    const SendNewItem operation{{{"To: a@b.test\r\n\r\nhi\r\n", {}, "notice:1"}}};
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:CreateItem MessageDisposition="SendAndSaveCopy">
          <m:SavedItemFolderId><t:DistinguishedFolderId Id="sentitems"/></m:SavedItemFolderId>
          <m:Items><t:Message>
            <t:MimeContent CharacterSet="UTF-8">VG86IGFAYi50ZXN0DQoNCmhpDQo=</t:MimeContent>
            <t:ExtendedProperty>
              <t:ExtendedFieldURI PropertySetId="e4a5cddd-8232-4c41-8378-eb9424f2f73a"
                  PropertyName="MailferryState" PropertyType="String"/>
              <t:Value>notice:1</t:Value>
            </t:ExtendedProperty>
          </t:Message></m:Items>
        </m:CreateItem>)"));
}

TEST(SendNewItem, OneRefusedMailDoesNotHideTheOther) {
    const SendNewItem operation{{{"a"}, {"b"}}};
    const auto reply = wire::read(operation, R"(
        <m:CreateItemResponse><m:ResponseMessages>
          <m:CreateItemResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode><m:Items/>
          </m:CreateItemResponseMessage>
          <m:CreateItemResponseMessage ResponseClass="Error">
            <m:ResponseCode>ErrorMessageSizeExceeded</m:ResponseCode><m:Items/>
          </m:CreateItemResponseMessage>
        </m:ResponseMessages></m:CreateItemResponse>)");
    ASSERT_TRUE(reply);
    EXPECT_TRUE(reply->at(0));
    ASSERT_FALSE(reply->at(1));
    EXPECT_EQ(reply->at(1).error().code, ews::errc::item_too_large);
}

}  // namespace
