#include "ews/operations/get_item.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::GetItem;
using ews::ItemId;

TEST(GetItem, AsksForMimeBeforeTheOtherProperties) {
    GetItem operation{{ItemId{"A", ""}}, {true, {ews::FieldUri{"item:Size"}}}};
    operation.shape.fields.emplace_back(ews::message_id_property());
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:GetItem>
          <m:ItemShape>
            <t:BaseShape>IdOnly</t:BaseShape>
            <t:IncludeMimeContent>true</t:IncludeMimeContent>
            <t:AdditionalProperties>
              <t:FieldURI FieldURI="item:Size"/>
              <t:ExtendedFieldURI PropertyTag="0x1035" PropertyType="String"/>
            </t:AdditionalProperties>
          </m:ItemShape>
          <m:ItemIds><t:ItemId Id="A"/></m:ItemIds>
        </m:GetItem>)"));
}

TEST(GetItem, OneFailedItemDoesNotHideTheOthers) {
    const GetItem operation{{ItemId{"A", ""}, ItemId{"B", ""}, ItemId{"C", ""}}};
    const auto reply = wire::read(operation, R"(
        <m:GetItemResponse><m:ResponseMessages>
          <m:GetItemResponseMessage ResponseClass="Error">
            <m:MessageText>Gone.</m:MessageText><m:ResponseCode>ErrorItemNotFound</m:ResponseCode>
            <m:Items/>
          </m:GetItemResponseMessage>
          <m:GetItemResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:Items><t:Message>
              <t:MimeContent CharacterSet="UTF-8">RnJvbTogYUBiLnRlc3QNCg0KaGkNCg==</t:MimeContent>
              <t:ItemId Id="B" ChangeKey="KB"/>
            </t:Message></m:Items>
          </m:GetItemResponseMessage>
          <m:GetItemResponseMessage ResponseClass="Error">
            <m:MessageText>Cannot.</m:MessageText>
            <m:ResponseCode>ErrorMimeContentConversionFailed</m:ResponseCode><m:Items/>
          </m:GetItemResponseMessage>
        </m:ResponseMessages></m:GetItemResponse>)");
    ASSERT_TRUE(reply);
    ASSERT_FALSE(reply->at(0));
    EXPECT_EQ(reply->at(0).error().code, ews::errc::item_not_found);
    ASSERT_TRUE(reply->at(1));
    EXPECT_EQ(reply->at(1)->mime, "From: a@b.test\r\n\r\nhi\r\n");
    EXPECT_EQ(reply->at(1)->id.change_key, "KB");
    ASSERT_FALSE(reply->at(2));
    EXPECT_EQ(reply->at(2).error().code, ews::errc::not_convertible);
}

TEST(GetItem, ASuccessWithoutAnItemIsNoSuccess) {
    const auto reply = wire::read(GetItem{{ItemId{"A", ""}}}, R"(
        <m:GetItemResponse><m:ResponseMessages>
          <m:GetItemResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode><m:Items/>
          </m:GetItemResponseMessage>
        </m:ResponseMessages></m:GetItemResponse>)");
    ASSERT_TRUE(reply);
    ASSERT_FALSE(reply->at(0));
    EXPECT_EQ(reply->at(0).error().code, ews::errc::protocol);
}

}  // namespace
