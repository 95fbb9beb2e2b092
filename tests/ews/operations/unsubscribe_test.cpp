#include "ews/operations/unsubscribe.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::Unsubscribe;

TEST(Unsubscribe, NamesTheSubscription) {
    EXPECT_EQ(
        wire::written(Unsubscribe{{"S1"}}),
        "<m:Unsubscribe><m:SubscriptionId>S1</m:SubscriptionId></m:Unsubscribe>"
    );
}

TEST(Unsubscribe, Succeeds) {
    const auto reply = wire::read(Unsubscribe{{"S1"}}, R"(
        <m:UnsubscribeResponse><m:ResponseMessages>
          <m:UnsubscribeResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
          </m:UnsubscribeResponseMessage>
        </m:ResponseMessages></m:UnsubscribeResponse>)");
    EXPECT_TRUE(reply);
}

TEST(Unsubscribe, ReportsThatItIsGoneAlready) {
    const auto reply = wire::read(Unsubscribe{{"S1"}}, R"(
        <m:UnsubscribeResponse><m:ResponseMessages>
          <m:UnsubscribeResponseMessage ResponseClass="Error">
            <m:ResponseCode>ErrorSubscriptionNotFound</m:ResponseCode>
          </m:UnsubscribeResponseMessage>
        </m:ResponseMessages></m:UnsubscribeResponse>)");
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ews::errc::subscription_lost);
}

}  // namespace
