#include "ews/operations/delete_item.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::DeleteItem;
using ews::ItemId;

TEST(DeleteItem, CarriesTheAttributesThatCalendarItemsAndTasksNeed) {
    const DeleteItem operation{{ItemId{"A", "K"}, ItemId{"B", ""}}, ews::DeleteType::hard_delete};
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:DeleteItem DeleteType="HardDelete" SendMeetingCancellations="SendToNone"
            AffectedTaskOccurrences="AllOccurrences" SuppressReadReceipts="true">
          <m:ItemIds><t:ItemId Id="A" ChangeKey="K"/><t:ItemId Id="B"/></m:ItemIds>
        </m:DeleteItem>)"));
}

TEST(DeleteItem, OneFailedItemDoesNotHideTheOthers) {
    const DeleteItem operation{{ItemId{"A", ""}, ItemId{"B", ""}, ItemId{"C", ""}}};
    const auto reply = wire::read(operation, R"(
        <m:DeleteItemResponse><m:ResponseMessages>
          <m:DeleteItemResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
          </m:DeleteItemResponseMessage>
          <m:DeleteItemResponseMessage ResponseClass="Error">
            <m:MessageText>Gone.</m:MessageText><m:ResponseCode>ErrorItemNotFound</m:ResponseCode>
          </m:DeleteItemResponseMessage>
          <m:DeleteItemResponseMessage ResponseClass="Warning">
            <m:MessageText>Stopped.</m:MessageText>
            <m:ResponseCode>ErrorBatchProcessingStopped</m:ResponseCode>
          </m:DeleteItemResponseMessage>
        </m:ResponseMessages></m:DeleteItemResponse>)");
    ASSERT_TRUE(reply);
    EXPECT_TRUE(reply->at(0));
    ASSERT_FALSE(reply->at(1));
    EXPECT_EQ(reply->at(1).error().code, ews::errc::item_not_found);
    ASSERT_FALSE(reply->at(2));
    EXPECT_EQ(reply->at(2).error().code, ews::errc::batch_stopped);
}

}  // namespace
