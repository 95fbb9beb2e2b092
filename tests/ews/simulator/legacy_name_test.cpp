#include "ews/simulator/legacy_name.hpp"

#include <gtest/gtest.h>

#include "tests/ews/simulator/ask.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

TEST(LegacyName, IsUnwrappedFromAnAddress) {
    EXPECT_EQ(
        unwrap_legacy_name("IMCEAEX-_O=US_OU=GROUP+20+28F+29_CN=ANN+2EB@us.example"),
        "/O=US/OU=GROUP (F)/CN=ANN.B"
    );
    EXPECT_EQ(unwrap_legacy_name("imceaex-_o=us+2"), "/o=us+2");
    EXPECT_EQ(unwrap_legacy_name("ann@us.example"), "");
    EXPECT_EQ(unwrap_legacy_name(""), "");
}

const char* const from_ben =
    "From: Ben <IMCEAEX-_o=Us_cn=ben@example.test>\r\nTo: agent@example.test\r\n"
    "Subject: inside\r\n\r\nHello\r\n";

std::string fetched(Office& office, const std::string& item) {
    return office.ask(fmt::format(
        R"(<m:GetItem><m:ItemShape><t:BaseShape>Default</t:BaseShape><t:AdditionalProperties>)"
        R"(<t:ExtendedFieldURI PropertyTag="0x5d02" PropertyType="String"/>)"
        R"(</t:AdditionalProperties></m:ItemShape><m:ItemIds><t:ItemId Id="{}"/></m:ItemIds>)"
        R"(</m:GetItem>)",
        item
    ));
}

TEST(LegacyName, OfASenderIsToldWithItsRoutingTypeAndWithoutAnSmtpAddress) {
    Office office;
    const auto reply = fetched(office, office.deliver(from_ben));
    const auto from = between(reply, "<t:From>", "</t:From>");
    EXPECT_EQ(
        from,
        "<t:Mailbox><t:Name>Ben</t:Name><t:EmailAddress>/o=Us/cn=ben</t:EmailAddress>"
        "<t:RoutingType>EX</t:RoutingType><t:MailboxType>OneOff</t:MailboxType></t:Mailbox>"
    );
    EXPECT_FALSE(has(reply, "t:ExtendedProperty")) << reply;
}

TEST(LegacyName, MayHaveAnSmtpAddressAsAPropertyOfTheMail) {
    Office office;
    auto mail = new_mail(from_ben);
    mail.properties["0x5d02"] = {"String", {"ben@example.test"}};
    const auto item = office.mailbox().add(std::move(mail), office.inbox(), true).id;
    EXPECT_TRUE(has(fetched(office, item), "<t:Value>ben@example.test</t:Value>"));
}

}  // namespace
