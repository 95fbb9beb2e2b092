#include "ews/soap.hpp"

#include "ews/operations/unsubscribe.hpp"
#include "tests/ews/wire.hpp"

namespace {

using ews::Envelope;
using ews::errc;

TEST(Soap, PutsVersionAndImpersonationIntoTheHeader) {
    const auto request = ews::write_request(ews::Unsubscribe{{"S1"}}, "ann@example.test");
    EXPECT_EQ(request, R"(<?xml version="1.0" encoding="utf-8"?>)" + wire::minified(R"(
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
            xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"
            xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">
          <s:Header>
            <t:RequestServerVersion Version="Exchange2013_SP1"/>
            <t:ExchangeImpersonation><t:ConnectingSID>
              <t:PrimarySmtpAddress>ann@example.test</t:PrimarySmtpAddress>
            </t:ConnectingSID></t:ExchangeImpersonation>
          </s:Header>
          <s:Body><m:Unsubscribe><m:SubscriptionId>S1</m:SubscriptionId></m:Unsubscribe></s:Body>
        </s:Envelope>)"));
}

TEST(Soap, ImpersonatesNobodyUnasked) {
    const auto request = ews::write_request(ews::Unsubscribe{{"S1"}}, std::nullopt);
    EXPECT_EQ(request.find("Impersonation"), std::string::npos);
}

errc code_of(std::string bytes) {
    const Envelope envelope(std::move(bytes));
    const auto response = envelope.response("GetItem");
    EXPECT_FALSE(response);
    return response ? errc::other : response.error().code;
}

TEST(Soap, FindsTheResponseWhateverThePrefixesAndABom) {
    const Envelope envelope(
        "\xEF\xBB\xBF<?xml version=\"1.0\"?><SOAP:Envelope><SOAP:Body><GetItemResponse/>"
        "</SOAP:Body></SOAP:Envelope>"
    );
    EXPECT_TRUE(envelope.response("GetItem"));
}

TEST(Soap, TellsWhatIsNoSoapFromWhatIsTheWrongAnswer) {
    EXPECT_EQ(code_of("<html><body>Sign in</body></html>"), errc::not_ews);
    EXPECT_EQ(code_of(""), errc::not_ews);
    EXPECT_EQ(code_of("nothing at all"), errc::not_ews);
    EXPECT_EQ(code_of(wire::enveloped("<m:MoveItemResponse/>")), errc::protocol);
    EXPECT_EQ(code_of(wire::enveloped("")), errc::protocol);
    EXPECT_EQ(code_of("<s:Envelope><s:Body><m:GetItemResponse>"), errc::protocol);
}

TEST(Soap, AFaultIsItsError) {
    EXPECT_EQ(
        code_of(wire::enveloped(
            "<s:Fault><detail><e:ResponseCode>ErrorAccessDenied</e:ResponseCode></detail></s:Fault>"
        )),
        errc::access_denied
    );
}

TEST(Soap, IllegalCharactersDoNotStopTheReader) {
    const Envelope envelope(
        wire::enveloped("<m:GetItemResponse>a&#x1;b\x02&#x0;c</m:GetItemResponse>")
    );
    const auto response = envelope.response("GetItem");
    ASSERT_TRUE(response);
    EXPECT_EQ(ews::text(*response), "abc");
}

}  // namespace
