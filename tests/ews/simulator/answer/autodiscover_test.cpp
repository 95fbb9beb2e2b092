#include "ews/simulator/answer/autodiscover.hpp"

#include <gtest/gtest.h>

namespace {

using namespace ews::simulator;

constexpr const char* svc = "/Autodiscover/autodiscover.svc";
constexpr const char* xml = "/autodiscover/Autodiscover.xml";

struct SimulatorAutodiscover : ::testing::Test {
    Organization organization;

    void SetUp() override { organization.add_mailbox("ann@example.test", "secret"); }

    std::string soap(const std::string& address) {
        return ask(
            svc,
            "<s:Envelope xmlns:s='s' xmlns:a='a'><s:Body><a:GetUserSettingsRequestMessage>"
            "<a:Request><a:Users><a:User><a:Mailbox>" +
                address +
                "</a:Mailbox></a:User></a:Users></a:Request>"
                "</a:GetUserSettingsRequestMessage></s:Body></s:Envelope>"
        );
    }
    std::string plain(const std::string& address) {
        return ask(
            xml,
            "<Autodiscover><Request><EMailAddress>" + address +
                "</EMailAddress></Request></Autodiscover>"
        );
    }
    std::string ask(const char* target, const std::string& request) {
        return autodiscover(organization, target, "mail.example.test", request).body;
    }
    /// What stands in that element first.
    static std::string in(const std::string& text, const std::string& element) {
        const auto begin = text.find("<" + element + ">");
        if (begin == std::string::npos) return "";
        const auto at = begin + element.size() + 2;
        return text.substr(at, text.find('<', at) - at);
    }
};

TEST_F(SimulatorAutodiscover, IsWhatThosePathsAsk) {
    EXPECT_TRUE(is_autodiscover(svc) && is_autodiscover(xml));
    EXPECT_TRUE(is_autodiscover("/autodiscover/autodiscover.xml?x=1"));
    EXPECT_FALSE(is_autodiscover("/EWS/Exchange.asmx"));
}

TEST_F(SimulatorAutodiscover, NamesTheEwsOfAMailboxAtTheHostThatWasAsked) {
    const std::string url = "https://mail.example.test/EWS/Exchange.asmx";
    EXPECT_NE(soap("ANN@example.test").find("<Value>" + url + "</Value>"), std::string::npos);
    EXPECT_EQ(in(plain("ann@example.test"), "EwsUrl"), url);
    EXPECT_EQ(organization.requests["GetUserSettings"], 1U);
    EXPECT_EQ(organization.requests["Autodiscover"], 1U);
}

TEST_F(SimulatorAutodiscover, RedirectsToTheAddressOfTheUpperDomain) {
    EXPECT_EQ(in(soap("ann@old.example.test"), "RedirectTarget"), "ann@example.test");
    EXPECT_EQ(in(plain("ann@old.example.test"), "RedirectAddr"), "ann@example.test");
}

TEST_F(SimulatorAutodiscover, KnowsNobodyElse) {
    EXPECT_NE(soap("bob@example.test").find("InvalidUser"), std::string::npos);
    EXPECT_EQ(in(plain("bob@old.example.test"), "ErrorCode"), "500");
    EXPECT_NE(ask(svc, "no XML").find("InvalidRequest"), std::string::npos);
}

}  // namespace
