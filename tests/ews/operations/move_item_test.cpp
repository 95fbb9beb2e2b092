#include "ews/operations/move_item.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::ItemId;
using ews::MoveItem;

TEST(MoveItem, NamesTargetAndItems) {
    const MoveItem operation{ews::FolderId{"T", "TK"}, {ItemId{"A", "K"}, ItemId{"B", ""}}};
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:MoveItem>
          <m:ToFolderId><t:FolderId Id="T" ChangeKey="TK"/></m:ToFolderId>
          <m:ItemIds><t:ItemId Id="A" ChangeKey="K"/><t:ItemId Id="B"/></m:ItemIds>
        </m:MoveItem>)"));
}

TEST(MoveItem, OneFailedItemDoesNotHideTheOthers) {
    const MoveItem operation{
        ews::FolderId{"T", ""}, {ItemId{"A", ""}, ItemId{"B", ""}, ItemId{"C", ""}}};
    const auto reply = wire::read(operation, R"(
        <m:MoveItemResponse><m:ResponseMessages>
          <m:MoveItemResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:Items><t:Message><t:ItemId Id="A2" ChangeKey="K2"/></t:Message></m:Items>
          </m:MoveItemResponseMessage>
          <m:MoveItemResponseMessage ResponseClass="Error">
            <m:MessageText>Cannot.</m:MessageText><m:ResponseCode>ErrorMoveCopyFailed</m:ResponseCode>
            <m:Items/>
          </m:MoveItemResponseMessage>
          <m:MoveItemResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode><m:Items/>
          </m:MoveItemResponseMessage>
        </m:ResponseMessages></m:MoveItemResponse>)");
    ASSERT_TRUE(reply);
    ASSERT_TRUE(reply->at(0));
    EXPECT_EQ(reply->at(0)->value().id, "A2");
    ASSERT_FALSE(reply->at(1));
    EXPECT_EQ(reply->at(1).error().code, ews::errc::move_failed);
    ASSERT_TRUE(reply->at(2));
    EXPECT_EQ(*reply->at(2), std::nullopt);
}

}  // namespace
