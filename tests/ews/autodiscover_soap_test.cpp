#include "ews/autodiscover_soap.hpp"

#include <gtest/gtest.h>

#include "tests/ews/wire.hpp"

namespace {

using ews::errc;

std::string answer(std::string_view response, std::string_view header = "") {
    return R"(<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>)" +
           std::string(header) + R"(</s:Header><s:Body>
  <GetUserSettingsResponseMessage xmlns="http://schemas.microsoft.com/exchange/2010/Autodiscover">
    <Response>)" +
           std::string(response) + R"(</Response>
  </GetUserSettingsResponseMessage></s:Body></s:Envelope>)";
}

std::string user(std::string_view content) {
    return answer(
        "<ErrorCode>NoError</ErrorCode><ErrorMessage/><UserResponses><UserResponse>" +
        std::string(content) + "</UserResponse></UserResponses>"
    );
}

ews::AutodiscoverSettings settings(std::string bytes) {
    const auto read = ews::read_soap_autodiscover(std::move(bytes));
    EXPECT_TRUE(read) << (read ? "" : read.error().text);
    return read ? std::get<ews::AutodiscoverSettings>(*read) : ews::AutodiscoverSettings();
}

std::string problem(std::string bytes) {
    const auto read = ews::read_soap_autodiscover(std::move(bytes));
    return read ? "" : read.error().text;
}

TEST(AutodiscoverSoap, AsksForAllThatIsWanted) {
    const std::string expected = wire::minified(R"(
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
 xmlns:a="http://schemas.microsoft.com/exchange/2010/Autodiscover"
 xmlns:wsa="http://www.w3.org/2005/08/addressing">
  <s:Header>
    <a:RequestedServerVersion>Exchange2013_SP1</a:RequestedServerVersion>
    <wsa:Action>http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettings</wsa:Action>
    <wsa:To>https://example.test/autodiscover/autodiscover.svc</wsa:To>
  </s:Header>
  <s:Body>
    <a:GetUserSettingsRequestMessage><a:Request>
      <a:Users><a:User><a:Mailbox>o&amp;m@example.test</a:Mailbox></a:User></a:Users>
      <a:RequestedSettings>
        <a:Setting>ExternalEwsUrl</a:Setting>
        <a:Setting>InternalEwsUrl</a:Setting>
        <a:Setting>EwsSupportedSchemas</a:Setting>
        <a:Setting>GroupingInformation</a:Setting>
        <a:Setting>CasVersion</a:Setting>
      </a:RequestedSettings>
    </a:Request></a:GetUserSettingsRequestMessage>
  </s:Body>
</s:Envelope>)");
    EXPECT_EQ(
        ews::write_soap_autodiscover(
            "o&m@example.test", "https://example.test/autodiscover/autodiscover.svc"
        ),
        R"(<?xml version="1.0" encoding="utf-8"?>)" + expected
    );
}

TEST(AutodiscoverSoap, ReadsTheSettings) {
    const auto read = settings(user(R"(<ErrorCode>NoError</ErrorCode><UserSettings>
      <UserSetting><Name>InternalEwsUrl</Name><Value>https://in.example.test/EWS/Exchange.asmx</Value></UserSetting>
      <UserSetting><Name>ExternalEwsUrl</Name><Value> https://out.example.test/EWS/Exchange.asmx
      </Value></UserSetting>
      <UserSetting><Name>GroupingInformation</Name><Value>Site-One</Value></UserSetting>
      <UserSetting><Name>CasVersion</Name><Value>15.02.1544.004</Value></UserSetting>
    </UserSettings>)"));
    const ews::AutodiscoverSettings expected{
        "https://out.example.test/EWS/Exchange.asmx",
        "https://in.example.test/EWS/Exchange.asmx",
        "Site-One",
        "15.02.1544.004"};
    EXPECT_EQ(read, expected);
}

TEST(AutodiscoverSoap, TheVersionMayStandInTheHeaderOnly) {
    const std::string info = R"(<h:ServerVersionInfo xmlns:h="n"><h:MajorVersion>15</h:MajorVersion>
      <h:MinorVersion>2</h:MinorVersion><h:MajorBuildNumber>2562</h:MajorBuildNumber>
      <h:MinorBuildNumber>17</h:MinorBuildNumber></h:ServerVersionInfo>)";
    const std::string response = R"(<UserResponses><UserResponse><UserSettings><UserSetting>
      <Name>InternalEwsUrl</Name><Value>https://in.example.test/EWS/Exchange.asmx</Value>
      </UserSetting></UserSettings></UserResponse></UserResponses>)";
    const auto read = settings(answer(response, info));
    EXPECT_EQ(read.server_version, "15.2.2562.17");
    EXPECT_EQ(read.external_url, "");
}

TEST(AutodiscoverSoap, RedirectsOfBothKindsAreOrdinaryAnswers) {
    const auto url = ews::read_soap_autodiscover(
        user("<ErrorCode>RedirectUrl</ErrorCode>"
             "<RedirectTarget>https://b.test/autodiscover/autodiscover.svc</RedirectTarget>")
    );
    ASSERT_TRUE(url);
    EXPECT_EQ(std::get<ews::UrlRedirect>(*url).url, "https://b.test/autodiscover/autodiscover.svc");
    const auto address = ews::read_soap_autodiscover(
        user("<ErrorCode>RedirectAddress</ErrorCode><RedirectTarget>ann@b.test</RedirectTarget>")
    );
    ASSERT_TRUE(address);
    EXPECT_EQ(std::get<ews::AddressRedirect>(*address).address, "ann@b.test");
}

TEST(AutodiscoverSoap, ARedirectToNowhereIsAnError) {
    EXPECT_EQ(
        problem(user("<ErrorCode>RedirectUrl</ErrorCode><RedirectTarget/>")),
        "the server says RedirectUrl"
    );
}

TEST(AutodiscoverSoap, ErrorsOfAnswerUserAndSettingAreTold) {
    const auto whole = answer(
        "<ErrorCode>ServerBusy</ErrorCode><ErrorMessage>Later.</ErrorMessage><UserResponses/>"
    );
    EXPECT_EQ(problem(whole), "the server says ServerBusy: Later.");
    EXPECT_EQ(ews::read_soap_autodiscover(whole).error().code, errc::unavailable);
    const auto unknown =
        user("<ErrorCode>InvalidUser</ErrorCode><ErrorMessage>Who?</ErrorMessage>");
    EXPECT_EQ(problem(unknown), "the server says InvalidUser: Who?");
    EXPECT_EQ(ews::read_soap_autodiscover(unknown).error().code, errc::no_such_mailbox);
    EXPECT_EQ(
        problem(user(R"(<ErrorCode>NoError</ErrorCode><UserSettingErrors>
          <UserSettingError><ErrorCode>SettingIsNotAvailable</ErrorCode>
            <ErrorMessage>None.</ErrorMessage><SettingName>ExternalEwsUrl</SettingName></UserSettingError>
          <UserSettingError><ErrorCode>InvalidSetting</ErrorCode>
            <SettingName>GroupingInformation</SettingName></UserSettingError>
        </UserSettingErrors><UserSettings/>)")),
        "the server names no EWS address for this mailbox (ExternalEwsUrl: SettingIsNotAvailable)"
    );
}

TEST(AutodiscoverSoap, AFaultBringsItsText) {
    EXPECT_EQ(
        problem(wire::enveloped("<s:Fault><faultstring>Not\nhere</faultstring></s:Fault>")),
        "the server says Not here"
    );
    EXPECT_EQ(problem(wire::enveloped("<s:Fault/>")), "the server says SOAP fault without a text");
}

TEST(AutodiscoverSoap, WhatElseComesIsNoAnswer) {
    EXPECT_EQ(problem(wire::enveloped("<x/>")), "the answer is SOAP, but not of Autodiscover");
    EXPECT_EQ(problem(answer("")), "the server names no EWS address for this mailbox");
    EXPECT_EQ(problem("<!DOCTYPE html><html/>"), "the answer is a web page, perhaps a login page");
}

}  // namespace
