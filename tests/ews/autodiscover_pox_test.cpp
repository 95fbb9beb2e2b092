#include "ews/autodiscover_pox.hpp"

#include <gtest/gtest.h>

#include "tests/ews/wire.hpp"

namespace {

using ews::errc;

std::string answer(std::string_view response) {
    return R"(<?xml version="1.0" encoding="utf-8"?>
<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006">
<Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a">)" +
           std::string(response) + "</Response></Autodiscover>";
}

std::string account(std::string_view content) {
    return answer(
        "<User><DisplayName>Ann</DisplayName></User><Account><AccountType>email</AccountType>" +
        std::string(content) + "</Account>"
    );
}

ews::AutodiscoverSettings settings(std::string bytes) {
    const auto read = ews::read_pox_autodiscover(std::move(bytes));
    EXPECT_TRUE(read) << (read ? "" : read.error().text);
    return read ? std::get<ews::AutodiscoverSettings>(*read) : ews::AutodiscoverSettings();
}

std::string problem(std::string bytes) {
    const auto read = ews::read_pox_autodiscover(std::move(bytes));
    return read ? "" : read.error().text;
}

TEST(AutodiscoverPox, AsksForTheAddressInTheSchemaOfOutlook) {
    const std::string expected = wire::minified(R"(
<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006">
  <Request>
    <EMailAddress>o&amp;m@example.test</EMailAddress>
    <AcceptableResponseSchema>http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema>
  </Request>
</Autodiscover>)");
    EXPECT_EQ(
        ews::write_pox_autodiscover("o&m@example.test"),
        R"(<?xml version="1.0" encoding="utf-8"?>)" + expected
    );
}

TEST(AutodiscoverPox, ReadsInsideAndOutside) {
    const auto read = settings(account(R"(<Action>settings</Action>
      <Protocol><Type>EXCH</Type><ServerVersion>73C28A02</ServerVersion>
        <EwsUrl>https://in.example.test/EWS/Exchange.asmx</EwsUrl></Protocol>
      <Protocol><Type>EXPR</Type><EwsUrl>https://out.example.test/EWS/Exchange.asmx</EwsUrl>
        <GroupingInformation>Site-One</GroupingInformation></Protocol>
      <Protocol><Type>WEB</Type><EwsUrl>https://web.example.test/</EwsUrl></Protocol>)"));
    const ews::AutodiscoverSettings expected{
        "https://out.example.test/EWS/Exchange.asmx",
        "https://in.example.test/EWS/Exchange.asmx",
        "Site-One",
        "15.2.2562"};
    EXPECT_EQ(read, expected);
}

TEST(AutodiscoverPox, ExhttpAloneIsEnough) {
    const auto read = settings(account(R"(
      <Protocol><Type>EXHTTP</Type><EwsUrl>https://in.example.test/EWS/Exchange.asmx</EwsUrl></Protocol>
      <Protocol><Type>EXHTTP</Type><EwsUrl>https://out.example.test/EWS/Exchange.asmx</EwsUrl></Protocol>)"
    ));
    EXPECT_EQ(read.external_url, "https://out.example.test/EWS/Exchange.asmx");
    EXPECT_EQ(read.internal_url, "");
}

TEST(AutodiscoverPox, RedirectsOfBothKindsAreOrdinaryAnswers) {
    const auto url = ews::read_pox_autodiscover(
        account("<Action>redirectUrl</Action><RedirectUrl>https://b.test/a.xml</RedirectUrl>")
    );
    ASSERT_TRUE(url);
    EXPECT_EQ(std::get<ews::UrlRedirect>(*url).url, "https://b.test/a.xml");
    const auto address = ews::read_pox_autodiscover(
        account("<Action>redirectAddr</Action><RedirectAddr>ann@b.test</RedirectAddr>")
    );
    ASSERT_TRUE(address);
    EXPECT_EQ(std::get<ews::AddressRedirect>(*address).address, "ann@b.test");
    EXPECT_EQ(
        problem(account("<Action>redirectUrl</Action>")),
        "the server says redirectUrl, and not where to"
    );
}

TEST(AutodiscoverPox, AnErrorBringsCodeAndMessage) {
    const auto bytes = answer(R"(<Error Time="13:30:00.1" Id="1"><ErrorCode>500</ErrorCode>
      <Message>The address cannot be found.</Message><DebugData/></Error>)");
    EXPECT_EQ(problem(bytes), "the server says 500: The address cannot be found.");
    EXPECT_EQ(ews::read_pox_autodiscover(bytes).error().code, errc::no_such_mailbox);
    EXPECT_EQ(problem(answer("<Error/>")), "the server says an error without a code");
}

TEST(AutodiscoverPox, AMailboxWithoutEwsIsSaidSo) {
    EXPECT_EQ(
        problem(account("<Action>settings</Action><Protocol><Type>IMAP</Type></Protocol>")),
        "the server names no EWS address for this mailbox"
    );
    EXPECT_EQ(problem(answer("")), "the answer holds no account");
    EXPECT_EQ(problem(wire::enveloped("")), "the answer is XML of another service: Envelope");
}

TEST(AutodiscoverPox, AVersionIsUnpacked) {
    EXPECT_EQ(ews::read_pox_version("7380859F"), "14.0.1439");
    EXPECT_EQ(ews::read_pox_version("72008287"), "8.0.647");
    EXPECT_EQ(ews::read_pox_version("15.2"), "");
    EXPECT_EQ(ews::read_pox_version("7380859X"), "");
    EXPECT_EQ(ews::read_pox_version(""), "");
}

}  // namespace
