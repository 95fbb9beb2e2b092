#include "ews/operations/update_item.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::ItemId;
using ews::UpdateItem;

TEST(UpdateItem, SetsCategoriesMarkAndReadFlagInOneCall) {
    UpdateItem operation;
    operation.updates.push_back(
        {{"A", "K"}, {{"Red", "Processing Complete"}}, "archived:4711", true}
    );
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:UpdateItem ConflictResolution="AutoResolve" MessageDisposition="SaveOnly"
            SendMeetingInvitationsOrCancellations="SendToNone" SuppressReadReceipts="true">
          <m:ItemChanges><t:ItemChange>
            <t:ItemId Id="A" ChangeKey="K"/>
            <t:Updates>
              <t:SetItemField>
                <t:FieldURI FieldURI="item:Categories"/>
                <t:Message><t:Categories>
                  <t:String>Red</t:String><t:String>Processing Complete</t:String>
                </t:Categories></t:Message>
              </t:SetItemField>
              <t:SetItemField>
                <t:ExtendedFieldURI PropertySetId="e4a5cddd-8232-4c41-8378-eb9424f2f73a"
                    PropertyName="MailferryState" PropertyType="String"/>
                <t:Message><t:ExtendedProperty>
                  <t:ExtendedFieldURI PropertySetId="e4a5cddd-8232-4c41-8378-eb9424f2f73a"
                      PropertyName="MailferryState" PropertyType="String"/>
                  <t:Value>archived:4711</t:Value>
                </t:ExtendedProperty></t:Message>
              </t:SetItemField>
              <t:SetItemField>
                <t:FieldURI FieldURI="message:IsRead"/>
                <t:Message><t:IsRead>true</t:IsRead></t:Message>
              </t:SetItemField>
            </t:Updates>
          </t:ItemChange></m:ItemChanges>
        </m:UpdateItem>)"));
}

TEST(UpdateItem, RemovesWhatBecomesEmptyAndNamesTheKindOfItem) {
    UpdateItem operation;
    operation.conflict_resolution = ews::ConflictResolution::never_overwrite;
    operation.updates.push_back({{"A", ""}, std::vector<std::string>(), ""});
    operation.updates.push_back({{"B", ""}, {{"x"}}, std::nullopt, std::nullopt, "CalendarItem"});
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:UpdateItem ConflictResolution="NeverOverwrite" MessageDisposition="SaveOnly"
            SendMeetingInvitationsOrCancellations="SendToNone" SuppressReadReceipts="true">
          <m:ItemChanges>
            <t:ItemChange>
              <t:ItemId Id="A"/>
              <t:Updates>
                <t:DeleteItemField><t:FieldURI FieldURI="item:Categories"/></t:DeleteItemField>
                <t:DeleteItemField>
                  <t:ExtendedFieldURI PropertySetId="e4a5cddd-8232-4c41-8378-eb9424f2f73a"
                      PropertyName="MailferryState" PropertyType="String"/>
                </t:DeleteItemField>
              </t:Updates>
            </t:ItemChange>
            <t:ItemChange>
              <t:ItemId Id="B"/>
              <t:Updates><t:SetItemField>
                <t:FieldURI FieldURI="item:Categories"/>
                <t:CalendarItem><t:Categories><t:String>x</t:String></t:Categories></t:CalendarItem>
              </t:SetItemField></t:Updates>
            </t:ItemChange>
          </m:ItemChanges>
        </m:UpdateItem>)"));
}

TEST(UpdateItem, AConflictOnOneItemDoesNotHideTheNewKeyOfTheOther) {
    UpdateItem operation;
    operation.updates = {{{"A", ""}, {}, "x"}, {{"B", ""}, {}, "x"}};
    const auto reply = wire::read(operation, R"(
        <m:UpdateItemResponse><m:ResponseMessages>
          <m:UpdateItemResponseMessage ResponseClass="Error">
            <m:MessageText>Conflict.</m:MessageText>
            <m:ResponseCode>ErrorIrresolvableConflict</m:ResponseCode><m:Items/>
          </m:UpdateItemResponseMessage>
          <m:UpdateItemResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:Items><t:Message><t:ItemId Id="B" ChangeKey="K2"/></t:Message></m:Items>
            <m:ConflictResults><t:Count>0</t:Count></m:ConflictResults>
          </m:UpdateItemResponseMessage>
        </m:ResponseMessages></m:UpdateItemResponse>)");
    ASSERT_TRUE(reply);
    ASSERT_FALSE(reply->at(0));
    EXPECT_EQ(reply->at(0).error().code, ews::errc::conflict);
    ASSERT_TRUE(reply->at(1));
    EXPECT_EQ(reply->at(1)->change_key, "K2");
}

}  // namespace
