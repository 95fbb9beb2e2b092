#include "ews/operations/sync_folder_items.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::SyncFolderItems;
using Kind = ews::ItemChange::Kind;

TEST(SyncFolderItems, AsksForIdsOnlyAndFullPages) {
    const SyncFolderItems operation{ews::FolderId{"F", ""}, {"S1"}};
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:SyncFolderItems>
          <m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>
          <m:SyncFolderId><t:FolderId Id="F"/></m:SyncFolderId>
          <m:SyncState>S1</m:SyncState>
          <m:MaxChangesReturned>512</m:MaxChangesReturned>
          <m:SyncScope>NormalItems</m:SyncScope>
        </m:SyncFolderItems>)"));
}

TEST(SyncFolderItems, ReadsEveryKindOfChangeInOrder) {
    const SyncFolderItems operation{ews::FolderId{"F", ""}};
    const auto reply = wire::read(operation, R"(
        <m:SyncFolderItemsResponse><m:ResponseMessages>
          <m:SyncFolderItemsResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:SyncState> S2
            </m:SyncState>
            <m:IncludesLastItemInRange>true</m:IncludesLastItemInRange>
            <m:Changes>
              <t:Create><t:Message><t:ItemId Id="A" ChangeKey="K"/></t:Message></t:Create>
              <t:Update><t:MeetingRequest><t:ItemId Id="B"/></t:MeetingRequest></t:Update>
              <t:Delete><t:ItemId Id="C"/></t:Delete>
              <t:ReadFlagChange><t:ItemId Id="D"/><t:IsRead>true</t:IsRead></t:ReadFlagChange>
              <t:SomethingNew><t:ItemId Id="E"/></t:SomethingNew>
            </m:Changes>
          </m:SyncFolderItemsResponseMessage>
        </m:ResponseMessages></m:SyncFolderItemsResponse>)");
    ASSERT_TRUE(reply);
    const ews::ItemChanges expected{
        {{Kind::created, {"A", "K"}},
         {Kind::updated, {"B", ""}},
         {Kind::deleted, {"C", ""}},
         {Kind::read_flag, {"D", ""}, true}},
        {"S2"},
        true};
    EXPECT_EQ(*reply, expected);
    EXPECT_EQ(reply->changes.front().item.change_key, "K");
}

TEST(SyncFolderItems, TellsOfAChangeWhatTheShapeAsksFor) {
    SyncFolderItems operation{ews::DistinguishedFolder::inbox};
    operation.shape = ews::change_shape();
    EXPECT_NE(
        wire::written(operation).find("<t:FieldURI FieldURI=\"item:Categories\"/>"),
        std::string::npos
    );
    const auto reply = wire::read(operation, R"(
        <m:SyncFolderItemsResponse><m:ResponseMessages>
          <m:SyncFolderItemsResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:SyncState>S2</m:SyncState>
            <m:Changes>
              <t:Update><t:Message>
                <t:ItemId Id="A"/>
                <t:DateTimeReceived>2026-11-23T09:00:00Z</t:DateTimeReceived>
                <t:Categories><t:String>Blue</t:String><t:String>CRM, west</t:String></t:Categories>
                <t:LastModifiedTime>2026-11-24T10:00:00Z</t:LastModifiedTime>
                <t:Size>157286400</t:Size>
              </t:Message></t:Update>
            </m:Changes>
          </m:SyncFolderItemsResponseMessage>
        </m:ResponseMessages></m:SyncFolderItemsResponse>)");
    ASSERT_TRUE(reply);
    const auto& change = reply->changes.at(0);
    EXPECT_EQ(change.categories, (std::vector<std::string>{"Blue", "CRM, west"}));
    using namespace std::chrono;
    EXPECT_EQ(change.received, ews::Time(sys_days(2026y / 11 / 23) + 9h));
    EXPECT_EQ(change.modified, ews::Time(sys_days(2026y / 11 / 24) + 10h));
    EXPECT_EQ(change.size, 157'286'400U);
}

TEST(SyncFolderItems, AnAnswerWithoutAStateWouldLoseOurPlace) {
    const SyncFolderItems operation{ews::FolderId{"F", ""}};
    const auto reply = wire::read(operation, R"(
        <m:SyncFolderItemsResponse><m:ResponseMessages>
          <m:SyncFolderItemsResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode><m:Changes/>
          </m:SyncFolderItemsResponseMessage>
        </m:ResponseMessages></m:SyncFolderItemsResponse>)");
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ews::errc::protocol);
}

}  // namespace
