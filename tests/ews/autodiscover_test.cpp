#include "ews/autodiscover.hpp"

#include "tests/ews/wire.hpp"
#include "tests/fakes/transport.hpp"

namespace {

using ews::errc;

std::string soap(std::string_view user) {
    return wire::enveloped(
        "<GetUserSettingsResponseMessage><Response><ErrorCode>NoError</ErrorCode><UserResponses>"
        "<UserResponse>" +
        std::string(user) +
        "</UserResponse></UserResponses></Response></GetUserSettingsResponseMessage>"
    );
}

std::string soap_settings(std::string_view external, std::string_view internal) {
    const auto setting = [](std::string_view name, std::string_view value) {
        return "<UserSetting><Name>" + std::string(name) + "</Name><Value>" + std::string(value) +
               "</Value></UserSetting>";
    };
    return soap(
        "<ErrorCode>NoError</ErrorCode><UserSettings>" + setting("ExternalEwsUrl", external) +
        setting("InternalEwsUrl", internal) + setting("GroupingInformation", "Site-One") +
        setting("CasVersion", "15.2.1544.4") + "</UserSettings>"
    );
}

std::string pox(std::string_view account) {
    return "<Autodiscover><Response><Account>" + std::string(account) +
           "</Account></Response></Autodiscover>";
}

const std::string outside = "https://mail.example.test/EWS/Exchange.asmx";
const std::string inside = "https://inside.example.test/EWS/Exchange.asmx";
const std::string own_svc = "https://example.test/autodiscover/autodiscover.svc";
const std::string own_xml = "https://example.test/autodiscover/autodiscover.xml";
const std::string sub_svc = "https://autodiscover.example.test/autodiscover/autodiscover.svc";
const std::string sub_xml = "https://autodiscover.example.test/autodiscover/autodiscover.xml";

class Autodiscover : public testing::Test {
protected:
    Autodiscover() { options.address = "ann@example.test"; }

    auto discover() { return wire::run(ews::autodiscover(transport, options)); }

    /// The error text between its first and its last line.
    std::string tried() {
        const auto found = discover();
        if (found) return "found " + found->ews_url;
        const std::string& text = found.error().text;
        return text.substr(text.find('\n') + 1, text.rfind('\n') - text.find('\n'));
    }

    std::vector<std::string> asked() const {
        std::vector<std::string> urls;
        for (const auto& request : transport.asked) urls.push_back(request.url);
        return urls;
    }

    void dns_says(ews::Result<std::vector<ews::SrvRecord>> records) {
        options.look_up_srv = [this, records](std::string name) {
            looked_up.push_back(std::move(name));
            return answer(records);
        };
    }

    static boost::asio::awaitable<ews::Result<std::vector<ews::SrvRecord>>> answer(
        ews::Result<std::vector<ews::SrvRecord>> records
    ) {
        co_return records;
    }

    fakes::Transport transport;
    ews::AutodiscoverOptions options;
    std::vector<std::string> looked_up;
};

TEST_F(Autodiscover, TheFirstPlaceThatKnowsIsEnough) {
    transport.answer(200, soap_settings(outside, inside));
    const auto found = discover();
    ASSERT_TRUE(found) << found.error().text;
    const ews::Discovered expected{outside, "Site-One", "15.2.1544.4", "ann@example.test", own_svc};
    EXPECT_EQ(*found, expected);
    const auto& request = transport.asked.at(0);
    EXPECT_EQ(request.method, "POST");
    EXPECT_TRUE(request.repeatable);
    EXPECT_NE(request.body.find("<wsa:To>" + own_svc + "</wsa:To>"), std::string::npos);
    EXPECT_NE(request.body.find("<a:Mailbox>ann@example.test</a:Mailbox>"), std::string::npos);
}

TEST_F(Autodiscover, TheInternalAddressIsTakenByOption) {
    options.prefer_internal = true;
    transport.answer(200, soap_settings(outside, inside));
    EXPECT_EQ(discover()->ews_url, inside);
}

TEST_F(Autodiscover, SoapComesBeforePoxAndTheDomainBeforeItsAutodiscover) {
    transport.answer(404, "");
    transport.answer(404, "");
    transport.answer(404, "");
    transport.answer(
        200, pox("<Protocol><Type>EXPR</Type><EwsUrl>" + outside + "</EwsUrl></Protocol>")
    );
    EXPECT_EQ(discover()->told_by, sub_xml);
    EXPECT_EQ(asked(), (std::vector{own_svc, own_xml, sub_svc, sub_xml}));
    EXPECT_NE(transport.asked.at(3).body.find("<EMailAddress>ann@"), std::string::npos);
}

TEST_F(Autodiscover, ARefusalThatAsksForNoLoginProvesNothingWhereAnotherPlaceAnswers) {
    transport.answer(401, "");
    transport.answer(401, "");
    transport.answer(200, soap_settings(outside, ""));
    EXPECT_EQ(discover()->told_by, sub_svc);
}

TEST_F(Autodiscover, WhoeverAsksForOurLoginAndRefusesItIsTheLastOneAsked) {
    dns_says(std::vector<ews::SrvRecord>{{0, 0, 443, "m.example.test"}});
    transport.answer(404, "");
    transport.answer(401, "", {{"www-authenticate", "Bearer, basic realm=\"x\""}});
    const auto found = discover();
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, errc::unauthorised);
    EXPECT_EQ(asked(), (std::vector{own_svc, own_xml}));
    EXPECT_TRUE(looked_up.empty());
    const std::string told = "  " + own_xml +
                             ": the login is refused (HTTP 401); nobody else is asked with it, "
                             "since accounts lock\n";
    EXPECT_NE(found.error().text.find(told), std::string::npos) << found.error().text;
}

TEST_F(Autodiscover, WhoeverWantsAnotherLoginThanOursHasRefusedNothing) {
    options.login_schemes = {"Negotiate", "NTLM"};
    transport.answer(401, "", {{"WWW-Authenticate", "Basic realm=\"NTLM\""}});
    transport.answer(401, "", {{"WWW-Authenticate", "NTLMv9"}});
    transport.answer(200, soap_settings(outside, ""));
    EXPECT_EQ(discover()->told_by, sub_svc);
    transport.answer(401, "", {{"WWW-Authenticate", "Negotiate"}, {"WWW-Authenticate", "NTLM"}});
    EXPECT_EQ(discover().error().code, errc::unauthorised);
}

TEST_F(Autodiscover, WhatWasTriedIsToldALineAUrl) {
    dns_says(std::vector<ews::SrvRecord>());
    transport.answer(401, "");
    transport.answer(200, "<!DOCTYPE html><html><form>Password</form></html>");
    transport.answer(500, wire::enveloped("<s:Fault><faultstring>Broken</faultstring></s:Fault>"));
    transport.answer(200, pox(""));
    EXPECT_EQ(
        tried(),
        "  " + own_svc + ": the login is refused (HTTP 401)\n" + "  " + own_xml +
            ": the answer is a web page, perhaps a login page\n" + "  " + sub_svc +
            ": HTTP 500, the server says Broken\n" + "  " + sub_xml +
            ": the server names no EWS address for this mailbox\n" +
            "  _autodiscover._tcp.example.test: the DNS has no such SRV record\n"
    );
}

TEST_F(Autodiscover, ARefusedLoginIsTheErrorWhereNobodyElseAnswers) {
    transport.answer(401, "");
    transport.answer(404, "");
    transport.fail(http::errc::resolve, "autodiscover.example.test is unknown");
    const auto found = discover();
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, errc::unauthorised);
    EXPECT_EQ(transport.asked.size(), 3u);
}

TEST_F(Autodiscover, AServerThatCannotBeReachedIsTriedOnce) {
    transport.fail(http::errc::connect, "nobody listens");
    transport.fail(http::errc::untrusted, "the certificate is for another name");
    EXPECT_EQ(
        tried(),
        "  " + own_svc + ": nobody listens\n" + "  " + own_xml +
            ": not asked: its server did not answer, see above\n" + "  " + sub_svc +
            ": the certificate is for another name\n" + "  " + sub_xml +
            ": not asked: its server did not answer, see above\n"
    );
}

TEST_F(Autodiscover, RedirectsOfHttpAreFollowedAsPost) {
    for (const unsigned status : {301u, 302u, 307u, 308u}) {
        fakes::Transport one;
        one.answer(status, "", {{"Location", "https://m.example.test/autodiscover/x.svc"}});
        one.answer(200, soap_settings(outside, ""));
        const auto found = wire::run(ews::autodiscover(one, options));
        ASSERT_TRUE(found) << found.error().text;
        EXPECT_EQ(one.asked.at(1).url, "https://m.example.test/autodiscover/x.svc");
        EXPECT_EQ(one.asked.at(1).method, "POST");
        EXPECT_NE(one.asked.at(1).body.find("x.svc</wsa:To>"), std::string::npos);
    }
}

TEST_F(Autodiscover, ARedirectByTheAnswerLeadsToExchangeOnline) {
    const std::string online = "https://autodiscover-s.outlook.com/autodiscover/autodiscover.svc";
    transport.answer(
        200,
        soap("<ErrorCode>RedirectUrl</ErrorCode><RedirectTarget>" + online + "</RedirectTarget>")
    );
    transport.answer(200, soap_settings("https://outlook.office365.com/EWS/Exchange.asmx", ""));
    EXPECT_EQ(discover()->told_by, online);
}

TEST_F(Autodiscover, AnotherAddressIsAskedForFromTheBeginning) {
    options.allowed_hosts = {"sister.test"};
    transport.answer(404, "");
    transport.answer(
        200, pox("<Action>redirectAddr</Action><RedirectAddr>ann@sister.test</RedirectAddr>")
    );
    transport.answer(200, soap_settings("https://mail.sister.test/EWS/Exchange.asmx", ""));
    const auto found = discover();
    ASSERT_TRUE(found) << found.error().text;
    EXPECT_EQ(found->address, "ann@sister.test");
    EXPECT_EQ(asked().at(2), "https://sister.test/autodiscover/autodiscover.svc");
    EXPECT_NE(transport.asked.at(2).body.find("ann@sister.test"), std::string::npos);
}

TEST_F(Autodiscover, NoRequestGoesToAHostThatIsNotAllowed) {
    dns_says(std::vector<ews::SrvRecord>{{0, 0, 443, "srv.evil.test"}});
    transport.answer(302, "", {{"Location", "https://evil.test/autodiscover/autodiscover.svc"}});
    transport.answer(302, "", {{"Location", "http://example.test/autodiscover/autodiscover.xml"}});
    transport.answer(
        200,
        soap("<ErrorCode>RedirectAddress</ErrorCode><RedirectTarget>a@evil.test</RedirectTarget>")
    );
    const auto text = tried();
    EXPECT_EQ(asked(), (std::vector{own_svc, own_xml, sub_svc}));
    EXPECT_NE(text.find("the host srv.evil.test is not among those allowed"), std::string::npos);
    EXPECT_NE(text.find("the host autodiscover.evil.test is not"), std::string::npos);
    EXPECT_EQ(looked_up, std::vector<std::string>{"_autodiscover._tcp.evil.test"});
}

TEST_F(Autodiscover, AnEwsThatIsNotAllowedIsNotUsed) {
    transport.answer(200, soap_settings("https://ews.evil.test/EWS/Exchange.asmx", inside));
    const auto found = discover();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->ews_url, inside);
    transport.answer(200, soap_settings("http://mail.example.test/EWS/Exchange.asmx", ""));
    transport.fail(http::errc::cancelled, "stopped");
    EXPECT_EQ(discover().error().code, errc::cancelled);
}

TEST_F(Autodiscover, TheDnsIsAskedAtTheEnd) {
    dns_says(std::vector<ews::SrvRecord>{{0, 0, 8443, "m.example.test"}});
    for (int i = 0; i < 5; ++i) transport.answer(404, "");
    transport.answer(
        200, pox("<Protocol><Type>EXCH</Type><EwsUrl>" + inside + "</EwsUrl></Protocol>")
    );
    EXPECT_EQ(discover()->told_by, "https://m.example.test:8443/autodiscover/autodiscover.xml");
    EXPECT_EQ(looked_up, std::vector<std::string>{"_autodiscover._tcp.example.test"});
}

TEST_F(Autodiscover, ADnsThatDoesNotAnswerIsReported) {
    dns_says(ews::Error{errc::unreachable, {}, "the DNS does not tell: no server answers", {}});
    for (int i = 0; i < 4; ++i) transport.answer(404, "");
    EXPECT_NE(
        tried().find("  _autodiscover._tcp.example.test: the DNS does not tell: no server answers"),
        std::string::npos
    );
}

TEST_F(Autodiscover, ABusyServerIsTheErrorWithItsWait) {
    transport.answer(503, "", {{"Retry-After", "30"}});
    for (int i = 0; i < 3; ++i) transport.answer(404, "");
    const auto found = discover();
    EXPECT_EQ(found.error().code, errc::unavailable);
    EXPECT_EQ(found.error().back_off, std::chrono::seconds(30));
}

TEST_F(Autodiscover, AnAddressThatIsNoneAsksNobody) {
    options.address = "ann";
    EXPECT_EQ(discover().error().code, errc::bad_url);
    EXPECT_TRUE(transport.asked.empty());
}

}  // namespace
