#include "ews/operations/convert_id.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::ConvertId;

TEST(ConvertId, NamesFormatIdAndMailbox) {
    const ConvertId operation{{{"EntryId", "AAAA", "a@b.test"}}};
    EXPECT_EQ(wire::written(operation), wire::minified(R"(
        <m:ConvertId DestinationFormat="EwsId"><m:SourceIds>
          <t:AlternateId Format="EntryId" Id="AAAA" Mailbox="a@b.test"/>
        </m:SourceIds></m:ConvertId>)"));
}

TEST(ConvertId, OneBadIdDoesNotHideTheOther) {
    const ConvertId operation{{{"EntryId", "AAAA", "a@b.test"}, {"EntryId", "?", "a@b.test"}}};
    const auto reply = wire::read(operation, R"(
        <m:ConvertIdResponse><m:ResponseMessages>
          <m:ConvertIdResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:AlternateId xsi:type="t:AlternateIdType" Format="EwsId" Id="AAMk" Mailbox="a@b.test"/>
          </m:ConvertIdResponseMessage>
          <m:ConvertIdResponseMessage ResponseClass="Error">
            <m:ResponseCode>ErrorInvalidIdMalformed</m:ResponseCode>
          </m:ConvertIdResponseMessage>
        </m:ResponseMessages></m:ConvertIdResponse>)");
    ASSERT_TRUE(reply);
    ASSERT_TRUE(reply->at(0));
    EXPECT_EQ(*reply->at(0), (ews::AlternateId{"EwsId", "AAMk", "a@b.test"}));
    ASSERT_FALSE(reply->at(1));
    EXPECT_EQ(reply->at(1).error().code, ews::errc::invalid_id);
}

}  // namespace
