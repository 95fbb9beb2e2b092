#include "ews/operations/resolve_names.hpp"

#include "tests/ews/wire.hpp"

namespace {

using ews::ResolveNames;
const std::string ben = "/o=Us/ou=Exchange Administrative Group/cn=Recipients/cn=ben";

TEST(ResolveNames, AsksTheDirectoryOfTheServerAndNotTheContactsOfTheMailbox) {
    EXPECT_EQ(wire::written(ResolveNames{ben}), wire::minified(R"(
        <m:ResolveNames ReturnFullContactData="false" SearchScope="ActiveDirectory">
          <m:UnresolvedEntry>/o=Us/ou=Exchange Administrative Group/cn=Recipients/cn=ben</m:UnresolvedEntry>
        </m:ResolveNames>)"));
}

TEST(ResolveNames, TellsEverybodyOfThatName) {
    const auto reply = wire::read(ResolveNames{"b"}, R"(
        <m:ResolveNamesResponse><m:ResponseMessages>
          <m:ResolveNamesResponseMessage ResponseClass="Warning">
            <m:MessageText>Multiple results were found.</m:MessageText>
            <m:ResponseCode>ErrorNameResolutionMultipleResults</m:ResponseCode>
            <m:ResolutionSet TotalItemsInView="2" IncludesLastItemInRange="true">
              <t:Resolution><t:Mailbox>
                <t:Name>Ben Okafor</t:Name><t:EmailAddress>ben@us.example</t:EmailAddress>
                <t:RoutingType>SMTP</t:RoutingType><t:MailboxType>Mailbox</t:MailboxType>
              </t:Mailbox></t:Resolution>
              <t:Resolution><t:Mailbox>
                <t:Name>Bea</t:Name><t:EmailAddress>/o=Us/cn=bea</t:EmailAddress>
                <t:RoutingType>EX</t:RoutingType>
              </t:Mailbox></t:Resolution>
            </m:ResolutionSet>
          </m:ResolveNamesResponseMessage>
        </m:ResponseMessages></m:ResolveNamesResponse>)");
    ASSERT_TRUE(reply);
    const ResolveNames::Reply expected{
        {"Ben Okafor", "ben@us.example", "SMTP"}, {"Bea", "/o=Us/cn=bea", "EX"}};
    EXPECT_EQ(*reply, expected);
}

TEST(ResolveNames, NobodyIsAnAnswerAndARefusalIsAnError) {
    const auto answer = [](const std::string& code) {
        return wire::read(
            ResolveNames{"b"},
            "<m:ResolveNamesResponse><m:ResponseMessages>"
            "<m:ResolveNamesResponseMessage ResponseClass='Error'><m:ResponseCode>" +
                code +
                "</m:ResponseCode></m:ResolveNamesResponseMessage>"
                "</m:ResponseMessages></m:ResolveNamesResponse>"
        );
    };
    const auto nobody = answer("ErrorNameResolutionNoResults");
    ASSERT_TRUE(nobody);
    EXPECT_TRUE(nobody->empty());
    const auto refused = answer("ErrorAccessDenied");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ews::errc::access_denied);
}

}  // namespace
