#include "ews/client.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "ews/operations/get_folder.hpp"
#include "ews/operations/get_item.hpp"
#include "ews/operations/subscribe.hpp"
#include "ews/operations/sync_folder_items.hpp"
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

TEST_F(Client, TheMimeOfAnItemGoesToWhoTakesIt) {
    transport.answer(200, wire::enveloped(R"(
        <m:GetItemResponse><m:ResponseMessages>
          <m:GetItemResponseMessage ResponseClass="Success">
            <m:ResponseCode>NoError</m:ResponseCode>
            <m:Items><t:Message><t:MimeContent>Zm9v</t:MimeContent><t:ItemId Id="A"/></t:Message></m:Items>
          </m:GetItemResponseMessage>
        </m:ResponseMessages></m:GetItemResponse>)"));
    std::string mime;
    ews::MimeExtractor extractor([&mime](std::string_view bytes) {
        mime += bytes;
        return true;
    });
    ews::Client client(transport, options);
    ews::GetItem operation{{{"A", ""}}};
    const auto reply = wire::run(client.call(std::move(operation), &extractor));
    ASSERT_TRUE(reply) << reply.error().text;
    EXPECT_EQ(reply->at(0)->id.id, "A");
    EXPECT_EQ(reply->at(0)->mime, std::nullopt);
    EXPECT_TRUE(extractor.has_mime());
    EXPECT_EQ(mime, "foo");
}

TEST_F(Client, AFaultIsReadAsEverIfMimeWasAskedFor) {
    transport.answer(500, wire::enveloped(R"(<s:Fault><faultcode>a:ErrorServerBusy</faultcode>
        <faultstring>Busy</faultstring></s:Fault>)"));
    ews::MimeExtractor extractor([](std::string_view) { return true; });
    ews::Client client(transport, options);
    ews::GetItem operation{{{"A", ""}}};
    const auto reply = wire::run(client.call(std::move(operation), &extractor));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, errc::server_busy);
}

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
    EXPECT_EQ(sent("Authorization"), "(none)");  // the transport logs in
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

class ThrottledClient : public Client {
protected:
    ThrottledClient() { options.gate = &gate; }

    static std::string busy(std::string_view value = "") {
        std::string asked;
        if (!value.empty()) {
            asked = R"(<t:MessageXml><t:Value Name="BackOffMilliseconds">)";
            asked += value;
            asked += "</t:Value></t:MessageXml>";
        }
        return wire::enveloped(
            "<s:Fault><faultcode>a:ErrorServerBusy</faultcode><detail>"
            "<e:ResponseCode>ErrorServerBusy</e:ResponseCode>" +
            asked + "</detail></s:Fault>"
        );
    }

    /// Its error, and what it did to the whole server and to mailboxes: "server_busy; ann 300 s".
    std::string ask_as(const std::string& mailbox) {
        options.impersonate = mailbox;
        const auto reply = get_inbox();
        return (reply ? "served" : std::string(ews::to_text(reply.error().code))) + closed();
    }

    std::string closed() const {
        const auto facts = gate.facts();
        const auto seconds = [](std::chrono::milliseconds wait) {
            return std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count());
        };
        std::string text;
        if (facts.closed_for > 0ms) text += "; all " + seconds(facts.closed_for);
        for (const auto& one : facts.throttled)
            if (one.closed_for > 0ms) text += "; " + one.key + " " + seconds(one.closed_for);
        return text;
    }

    http::Gate gate;
};

TEST_F(ThrottledClient, ABusyMailboxIsLeftAloneAndTheOthersGoOn) {
    transport.answer(500, busy("297749"));
    EXPECT_EQ(ask_as("ann@example.test"), "server busy; ann@example.test 298");
    // Nothing is sent; in capitals it is the same mailbox.
    EXPECT_EQ(ask_as("Ann@Example.test"), "server busy; ann@example.test 298");
    EXPECT_EQ(transport.asked.size(), 1u);
    transport.answer(200, found);
    EXPECT_EQ(ask_as("bob@example.test"), "served; ann@example.test 298");
}

TEST_F(ThrottledClient, WhoIsRefusedLearnsForHowLong) {
    transport.answer(500, busy("297749"));
    ASSERT_FALSE(get_inbox());
    const auto reply = get_inbox();
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, errc::server_busy);
    ASSERT_TRUE(reply.error().back_off);
    EXPECT_GT(*reply.error().back_off, 200s);
    EXPECT_LE(*reply.error().back_off, 297'749ms);
    EXPECT_NE(reply.error().text.find("asks to be left alone for 29"), std::string::npos);
    EXPECT_EQ(transport.asked.size(), 1u);
}

TEST_F(ThrottledClient, WithoutImpersonationTheAccountIsBusyAndSoAreAll) {
    transport.answer(500, busy("297749"));
    ASSERT_FALSE(get_inbox());
    EXPECT_EQ(closed(), "; all 298");
}

TEST_F(ThrottledClient, BusyWithoutAValueMeansAMinute) {
    transport.answer(500, busy());
    EXPECT_EQ(ask_as("ann"), "server busy; ann 60");
}

TEST_F(ThrottledClient, AnItemOfABatchThatIsBusyCountsToo) {
    transport.answer(200, wire::enveloped(R"(
        <m:GetFolderResponse><m:ResponseMessages>
          <m:GetFolderResponseMessage ResponseClass="Error">
            <m:ResponseCode>ErrorServerBusy</m:ResponseCode>
            <m:MessageXml><t:Value Name="BackOffMilliseconds">5000</t:Value></m:MessageXml>
            <m:Folders/>
          </m:GetFolderResponseMessage>
        </m:ResponseMessages></m:GetFolderResponse>)"));
    EXPECT_EQ(ask_as("ann"), "served; ann 5");
}

TEST_F(ThrottledClient, TheFrontEndTurnsEverybodyAway) {
    for (const unsigned status : {429U, 503U}) {
        http::Gate fresh;
        options.gate = &fresh;
        options.impersonate = "ann";
        transport.answer(status, "", {{"Retry-After", "120"}});
        ASSERT_FALSE(get_inbox());
        EXPECT_EQ(std::chrono::ceil<std::chrono::seconds>(fresh.facts().closed_for), 120s);
    }
}

TEST_F(ThrottledClient, AFaultIn503IsAboutAllAndRetryAfterCounts) {
    transport.answer(503, busy(), {{"Retry-After", "120"}});
    EXPECT_EQ(ask_as("ann"), std::string(ews::to_text(errc::unavailable)) + "; all 120");
}

TEST_F(ThrottledClient, ALostConnectionClosesNothing) {
    transport.fail(http::errc::closed, "cut");
    EXPECT_EQ(ask_as("ann"), std::string(ews::to_text(errc::unreachable)));
    EXPECT_EQ(gate.facts().running, 0u);
}

/// Never answers at once; knows how many wait at the same time.
class SlowTransport : public fakes::Transport {
public:
    boost::asio::awaitable<http::Result<http::Response>> exchange(http::Request request) override {
        most = std::max(most, ++running);
        for (int i = 0; i < 10; ++i) co_await boost::asio::post(boost::asio::use_awaitable);
        --running;
        auto answer = co_await fakes::Transport::exchange(std::move(request));
        co_return answer;
    }

    int running = 0, most = 0;
};

TEST_F(ThrottledClient, OneSyncOfAMailboxAtATimeAndFourOtherRequests) {
    options.impersonate = "ann";
    const auto most_of = [&](auto operation) {
        SlowTransport slow;
        ews::Client client(slow, options);
        boost::asio::io_context context;
        for (int i = 0; i < 8; ++i)
            boost::asio::co_spawn(context, client.call(operation), [](auto, auto) {});
        context.run();
        EXPECT_EQ(slow.asked.size(), 8u);
        return slow.most;
    };
    EXPECT_EQ(most_of(ews::GetFolder{{ews::DistinguishedFolder::inbox}}), 4);
    EXPECT_EQ(most_of(ews::SyncFolderItems{ews::FolderId{"F", ""}, {}}), 1);
}

class RedirectedClient : public Client {
protected:
    void redirect(std::string target, unsigned status = 302) {
        transport.answer(status, "", {{"Location", std::move(target)}});
    }

    std::string asked_urls() {
        std::string text;
        for (const auto& one : transport.asked) text += one.url + "\n";
        return text;
    }
};

TEST_F(RedirectedClient, RepeatsTheSameRequestWhereItIsSent) {
    redirect("https://mail.example.test:444/EWS/Exchange.asmx");
    transport.answer(200, found);
    ASSERT_TRUE(get_inbox());
    EXPECT_EQ(
        asked_urls(),
        "https://mail.example.test/EWS/Exchange.asmx\n"
        "https://mail.example.test:444/EWS/Exchange.asmx\n"
    );
    EXPECT_EQ(transport.asked.at(1).method, "POST");
    EXPECT_EQ(transport.asked.at(0).body, transport.asked.at(1).body);
}

TEST_F(RedirectedClient, TakesItsPasswordToNoForeignHost) {
    redirect("https://elsewhere.test/EWS/Exchange.asmx");
    const auto reply = get_inbox();
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, errc::redirected);
    EXPECT_EQ(transport.asked.size(), 1u);
}

TEST_F(RedirectedClient, GoesToAllowedHosts) {
    options.allowed_hosts = {"elsewhere.test"};
    redirect("https://eu.elsewhere.test/EWS/Exchange.asmx");
    transport.answer(200, found);
    EXPECT_TRUE(get_inbox());
}

TEST_F(RedirectedClient, StaysThereUntilThatFails) {
    const std::string there = "https://mail.example.test:444/EWS/Exchange.asmx";
    redirect(there);
    transport.answer(200, found);
    transport.answer(200, found);
    transport.fail(http::errc::closed, "cut");
    transport.answer(200, found);
    ews::Client client(transport, options);
    for (int i = 0; i < 4; ++i) {
        ews::GetFolder operation{{ews::DistinguishedFolder::inbox}};
        wire::run(client.call(std::move(operation)));
    }
    EXPECT_EQ(
        asked_urls(),
        options.url + "\n" + there + "\n" + there + "\n" + there + "\n" + options.url + "\n"
    );
}

TEST_F(RedirectedClient, RunsInNoCircle) {
    for (int i = 0; i < 100; ++i) redirect("/ews/exchange.asmx");
    const auto reply = get_inbox();
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, errc::redirected);
    EXPECT_NE(reply.error().text.find("without end"), std::string::npos);
    EXPECT_EQ(transport.asked.size(), 11u);
}

}  // namespace
