#include "ews/operations/find_item.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::FindItem;

TEST(FindItem, LooksForUnmarkedMailOldestFirst) {
    FindItem operation{{ews::FolderId{"F", ""}}};
    operation.restriction = ews::negate(ews::exists(ews::state_property()));
    operation.order = ews::SortOrder{ews::FieldUri{"item:DateTimeReceived"}};
    operation.page = 100;
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:FindItem Traversal="Shallow">
          <m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>
          <m:IndexedPageItemView MaxEntriesReturned="100" Offset="0" BasePoint="Beginning"/>
          <m:Restriction><t:Not><t:Exists>
            <t:ExtendedFieldURI PropertySetId="e4a5cddd-8232-4c41-8378-eb9424f2f73a"
                PropertyName="MailferryState" PropertyType="String"/>
          </t:Exists></t:Not></m:Restriction>
          <m:SortOrder><t:FieldOrder Order="Ascending">
            <t:FieldURI FieldURI="item:DateTimeReceived"/>
          </t:FieldOrder></m:SortOrder>
          <m:ParentFolderIds><t:FolderId Id="F"/></m:ParentFolderIds>
        </m:FindItem>)"));
}

TEST(FindItem, ReadsItemsAndTheNextOffset) {
    FindItem operation{{ews::FolderId{"F", ""}}};
    operation.offset = 10;
    const auto reply = wire::read(operation, R"(
        <m:FindItemResponse><m:ResponseMessages>
          <m:FindItemResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:RootFolder TotalItemsInView="12" IncludesLastItemInRange="false">
              <t:Items>
                <t:Message><t:ItemId Id="A" ChangeKey="K"/><t:Subject>Offer</t:Subject></t:Message>
              </t:Items>
            </m:RootFolder>
          </m:FindItemResponseMessage>
        </m:ResponseMessages></m:FindItemResponse>)");
    ASSERT_TRUE(reply);
    const auto& found = reply->at(0);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->items.size(), 1u);
    EXPECT_EQ(found->items[0].subject, "Offer");
    EXPECT_EQ(found->next_offset, 11u);
    EXPECT_EQ(found->total, 12u);
    EXPECT_FALSE(found->is_last);
}

TEST(FindItem, AFolderThatRefusesDoesNotHideTheOthers) {
    const FindItem operation{{ews::DistinguishedFolder::inbox, ews::FolderId{"F", ""}}};
    EXPECT_NE(wire::written(operation).find(wire::minified(
        "<m:ParentFolderIds><t:DistinguishedFolderId Id=\"inbox\"/><t:FolderId Id=\"F\"/>"
        "</m:ParentFolderIds>")), std::string::npos);
    const auto reply = wire::read(operation, R"(
        <m:FindItemResponse><m:ResponseMessages>
          <m:FindItemResponseMessage ResponseClass="Error">
            <m:ResponseCode>ErrorAccessDenied</m:ResponseCode>
          </m:FindItemResponseMessage>
          <m:FindItemResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:RootFolder TotalItemsInView="1" IncludesLastItemInRange="true">
              <t:Items><t:Message><t:ItemId Id="A"/></t:Message></t:Items>
            </m:RootFolder>
          </m:FindItemResponseMessage>
        </m:ResponseMessages></m:FindItemResponse>)");
    ASSERT_TRUE(reply);
    EXPECT_FALSE(reply->at(0));
    ASSERT_TRUE(reply->at(1));
    EXPECT_EQ(reply->at(1)->items.at(0).id.id, "A");
}

TEST(FindItem, ReportsTheServersRefusal) {
    const FindItem operation{{ews::FolderId{"F", ""}}};
    const auto reply = wire::read(operation, R"(
        <m:FindItemResponse><m:ResponseMessages>
          <m:FindItemResponseMessage ResponseClass="Error">
            <m:ResponseCode>ErrorExceededFindCountLimit</m:ResponseCode>
          </m:FindItemResponseMessage>
        </m:ResponseMessages></m:FindItemResponse>)");
    ASSERT_TRUE(reply);
    ASSERT_FALSE(reply->at(0));
    EXPECT_EQ(reply->at(0).error().code, ews::errc::page_too_large);
}

}  // namespace
