#include "ews/client.hpp"

#include "ews/operations/get_folder.hpp"
#include "ews/operations/subscribe.hpp"
#include "ews/operations/unsubscribe.hpp"
#include "tests/ews/wire.hpp"
#include "tests/fakes/transport.hpp"

namespace {

using namespace std::chrono_literals;
using ews::errc;

const std::string found = wire::enveloped(R"(
    <m:GetFolderResponse><m:ResponseMessages>
      <m:GetFolderResponseMessage ResponseClass="Success">
        <m:ResponseCode>NoError</m:ResponseCode>
        <m:Folders><t:Folder><t:FolderId Id="F"/></t:Folder></m:Folders>
      </m:GetFolderResponseMessage>
    </m:ResponseMessages></m:GetFolderResponse>)");
const std::string subscribed = wire::enveloped(R"(
    <m:SubscribeResponse><m:ResponseMessages>
      <m:SubscribeResponseMessage ResponseClass="Success">
        <m:ResponseCode>NoError</m:ResponseCode><m:SubscriptionId>S</m:SubscriptionId>
      </m:SubscribeResponseMessage>
    </m:ResponseMessages></m:SubscribeResponse>)");

class Client : public testing::Test {
protected:
    Client() {
        options.url = "https://mail.example.test/EWS/Exchange.asmx";
        options.authorization = "Basic c2VjcmV0";
        options.account = "svc";
    }

    auto get_inbox() {
        ews::Client client(transport, options);
        ews::GetFolder operation{{ews::DistinguishedFolder::inbox}};
        return wire::run(client.call(std::move(operation)));
    }

    std::string sent(std::string_view name) {
        for (const auto& field : transport.asked.at(0).fields)
            if (field.name == name) return field.value;
        return "(none)";
    }

    fakes::Transport transport;
    ews::ClientOptions options;
};

TEST_F(Client, PostsTheEnvelopeAndReadsTheReply) {
    transport.answer(200, found);
    const auto reply = get_inbox();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->at(0)->id.id, "F");
    const auto& asked = transport.asked.at(0);
    EXPECT_EQ(asked.method, "POST");
    EXPECT_EQ(asked.url, options.url);
    EXPECT_NE(asked.body.find("<m:GetFolder>"), std::string::npos);
    EXPECT_EQ(sent("Content-Type"), "text/xml; charset=utf-8");
    EXPECT_EQ(sent("Authorization"), "Basic c2VjcmV0");
    EXPECT_EQ(sent("client-request-id").size(), 36u);
    EXPECT_EQ(sent("X-AnchorMailbox"), "(none)");
    EXPECT_EQ(sent("X-PreferServerAffinity"), "(none)");
}

TEST_F(Client, ImpersonatesAndRoutesToTheMailbox) {
    options.impersonate = "ann@example.test";
    transport.answer(200, found);
    ASSERT_TRUE(get_inbox());
    EXPECT_EQ(sent("X-AnchorMailbox"), "ann@example.test");
    EXPECT_NE(
        transport.asked.at(0).body.find(
            "<t:ConnectingSID><t:PrimarySmtpAddress>ann@example.test</t:PrimarySmtpAddress>"
        ),
        std::string::npos
    );
}

TEST_F(Client, AWrongPasswordNamesAccountAndServerButNotTheSecret) {
    transport.answer(401, "");
    const auto reply = get_inbox();
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, errc::unauthorised);
    EXPECT_NE(reply.error().text.find("svc"), std::string::npos);
    EXPECT_EQ(reply.error().text.find("c2VjcmV0"), std::string::npos);
    EXPECT_EQ(transport.asked.size(), 1u);
}

TEST_F(Client, ForbiddenIsNotRetried) {
    transport.answer(403, "");
    const auto reply = get_inbox();
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, errc::forbidden);
    EXPECT_EQ(transport.asked.size(), 1u);
}

TEST_F(Client, ALoginPageIsToldFromAnAnswer) {
    transport.answer(
        200, "<html><body>Outlook Web App</body></html>", {{"Content-Type", "text/html"}}
    );
    const auto reply = get_inbox();
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, errc::not_ews);
}

TEST_F(Client, AFaultInA500IsAnAnswer) {
    transport.answer(500, wire::enveloped(R"(
        <s:Fault><faultcode>a:ErrorServerBusy</faultcode><detail>
          <e:ResponseCode>ErrorServerBusy</e:ResponseCode><e:Message>Later.</e:Message>
          <t:MessageXml><t:Value Name="BackOffMilliseconds">297749</t:Value></t:MessageXml>
        </detail></s:Fault>)"));
    const auto reply = get_inbox();
    ASSERT_FALSE(reply);
    const ews::Error expected{errc::server_busy, "ErrorServerBusy", "Later.", 297749ms};
    EXPECT_EQ(reply.error(), expected);
}

TEST_F(Client, AFaultInA200IsAFaultToo) {
    transport.answer(200, wire::enveloped("<s:Fault><faultstring>E-3010</faultstring></s:Fault>"));
    const auto reply = get_inbox();
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().text, "E-3010");
}

TEST_F(Client, ALostConnectionKeepsItsText) {
    transport.fail(http::errc::closed, "cut");
    const auto reply = get_inbox();
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, errc::unreachable);
    EXPECT_EQ(reply.error().text, "cut");
}

TEST_F(Client, StaysWithTheServerThatHoldsTheSubscription) {
    transport.answer(
        200,
        subscribed,
        {{"Set-Cookie", "exchangecookie=1; path=/"},
         {"set-cookie", "X-BackEndOverrideCookie=be1~19; path=/; secure"},
         {"Set-Cookie", "X-BackEndCookie=abc; path=/"}}
    );
    transport.answer(200, "");
    ews::Client client(transport, options);
    ews::Subscribe subscribe{{ews::DistinguishedFolder::inbox}};
    ASSERT_TRUE(wire::run(client.call(std::move(subscribe))));
    ews::Unsubscribe unsubscribe{{"S"}};
    EXPECT_FALSE(wire::run(client.call(std::move(unsubscribe))));
    const auto& fields = transport.asked.at(1).fields;
    const auto has = [&](const http::Field& field) {
        return std::find(fields.begin(), fields.end(), field) != fields.end();
    };
    EXPECT_TRUE(has({"X-PreferServerAffinity", "true"}));
    EXPECT_TRUE(has({"Cookie", "X-BackEndOverrideCookie=be1~19; X-BackEndCookie=abc"}));
}

}  // namespace
