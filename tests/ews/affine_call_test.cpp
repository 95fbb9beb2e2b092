#include "ews/affine_call.hpp"

#include "ews/operations/subscribe.hpp"
#include "tests/ews/wire.hpp"
#include "tests/fakes/transport.hpp"

namespace {

using ews::errc;

ews::ClientOptions acting_as(const std::string& mailbox) {
    ews::ClientOptions options;
    options.url = "https://mail.example.test/EWS/Exchange.asmx";
    options.impersonate = mailbox;
    return options;
}

class AffineCall : public testing::Test {
protected:
    ews::Result<ews::SubscriptionId> subscribe() {
        ews::Subscribe request;
        return wire::run(ews::call_through(anchor_, member_, std::move(request)));
    }
    std::string sent(std::string_view name) const {
        for (const http::Field& field : transport_.asked.back().fields)
            if (field.name == name) return field.value;
        return {};
    }

    fakes::Transport transport_;
    std::shared_ptr<ews::Client> anchor_ =
        std::make_shared<ews::Client>(transport_, acting_as("anna@us.example"));
    ews::Client member_{transport_, acting_as("ben@us.example")};
};

const std::string subscribed = wire::enveloped(
    "<m:SubscribeResponse><m:ResponseMessages><m:SubscribeResponseMessage "
    "ResponseClass=\"Success\"><m:ResponseCode>NoError</m:ResponseCode>"
    "<m:SubscriptionId>S1</m:SubscriptionId></m:SubscribeResponseMessage></m:ResponseMessages>"
    "</m:SubscribeResponse>"
);

TEST_F(AffineCall, GoesWhereTheAnchorGoesAndActsAsTheMember) {
    transport_.answer(200, subscribed, {{"Set-Cookie", "X-BackEndOverrideCookie=B1~1; path=/"}});
    EXPECT_EQ(subscribe()->id, "S1");
    EXPECT_EQ(sent("X-AnchorMailbox"), "anna@us.example");
    EXPECT_EQ(sent("X-PreferServerAffinity"), "true");
    EXPECT_NE(transport_.asked.back().body.find("ben@us.example"), std::string::npos);
    transport_.answer(200, subscribed);
    subscribe().value();
    EXPECT_EQ(sent("Cookie"), "X-BackEndOverrideCookie=B1~1");
}

TEST_F(AffineCall, TellsErrorsAsAnyCallDoes) {
    transport_.answer(401, "");
    EXPECT_EQ(subscribe().error().code, errc::unauthorised);
    transport_.fail(http::errc::timeout, "no answer");
    EXPECT_EQ(subscribe().error().code, errc::timeout);
    transport_.answer(
        500,
        wire::enveloped("<s:Fault><detail><e:ResponseCode>ErrorExceededSubscriptionCount</"
                        "e:ResponseCode></detail></s:Fault>")
    );
    EXPECT_EQ(subscribe().error().code, errc::too_many_subscriptions);
}

TEST_F(AffineCall, ABusyAnswerIsHeededAsTheMembers) {
    http::Gate gate;
    auto options = acting_as("carl@us.example");
    options.gate = &gate;
    ews::Client member(transport_, options);
    transport_.answer(
        500,
        wire::enveloped("<s:Fault><detail><e:ResponseCode>ErrorServerBusy</e:ResponseCode>"
                        "<t:MessageXml><t:Value Name=\"BackOffMilliseconds\">300000</t:Value>"
                        "</t:MessageXml></detail></s:Fault>")
    );
    ews::Subscribe request;
    const auto answer = wire::run(ews::call_through(anchor_, member, std::move(request)));
    EXPECT_EQ(answer.error().back_off, std::chrono::milliseconds(300'000));
    ASSERT_EQ(gate.facts().throttled.size(), 1U);
    EXPECT_EQ(gate.facts().throttled.at(0).key, "carl@us.example");
}

TEST_F(AffineCall, AnotherAnchorIsToldTheServer) {
    ews::Client next(transport_, acting_as("ben@us.example"));
    ews::hand_over_server(*anchor_, next);
    EXPECT_FALSE(ews::knows_server(next));
    anchor_->remember_server(
        {200,
         {{"Set-Cookie", "X-BackEndOverrideCookie=B1~1; path=/; secure"},
          {"Set-Cookie", "X-BackEndCookie=abc=; HttpOnly"}},
         ""}
    );
    ews::hand_over_server(*anchor_, next);
    EXPECT_TRUE(ews::knows_server(next));
    const auto asked = next.request("", true);
    EXPECT_EQ(asked.fields.back().value, "X-BackEndOverrideCookie=B1~1; X-BackEndCookie=abc=");
}

}  // namespace
