#include "agent/resolve_senders.hpp"

#include <gtest/gtest.h>

#include "tests/agent/run.hpp"
#include "tests/agent/soap.hpp"

namespace {

using agent::AddressBook;
using agent::Strangers;

const std::string from_ben =
    "From: Ben <IMCEAEX-_o=us_cn=ben@us.example>\r\nTo: Cy <IMCEAEX-_o=us_cn=cy@us.example>\r\n\r\n"
    "Dee <IMCEAEX-_o=us_cn=dee@us.example>\r\n";

ews::Item item_from(const std::string& address, const std::string& routing_type) {
    ews::Item item;
    item.from = ews::Correspondent{"Ben", address, routing_type};
    return item;
}

TEST(Strangers, AreThoseInTheHeadWhoHaveAnX500Name) {
    const Strangers expected{"", "", {"/o=us/cn=ben", "/o=us/cn=cy"}};
    EXPECT_EQ(agent::strangers(ews::Item{}, from_ben), expected);
}

TEST(Strangers, NobodyIsOneOnAMailFromOutside) {
    const auto item = item_from("ann@acme.example", "SMTP");
    const std::string mail = "From: Ann <ann@acme.example>\r\n\r\nIMCEAEX-_o=us@us.example";
    EXPECT_EQ(agent::strangers(item, mail), Strangers{});
}

TEST(Strangers, OfFromTheItemMayKnowTheAddress) {
    auto item = item_from("/o=Us/cn=Ben", "EX");
    const Strangers by_name{"", "/o=Us/cn=Ben", {"/o=us/cn=ben", "/o=us/cn=cy"}, true};
    EXPECT_EQ(agent::strangers(item, from_ben), by_name);
    item.properties = {{ews::from_smtp_property(), {"ben@us.example"}}};
    const Strangers by_property{
        "ben@us.example", "/o=Us/cn=Ben", {"/o=us/cn=ben", "/o=us/cn=cy"}, true};
    EXPECT_EQ(agent::strangers(item, from_ben), by_property);
}

TEST(Strangers, FromMayHaveNoAddressInTheMailAtAll) {
    const Strangers expected{"", "/o=Us/cn=Ben", {}, true};
    EXPECT_EQ(agent::strangers(item_from("/o=Us/cn=Ben", "EX"), "From: Ben\r\n\r\nx"), expected);
    const std::string with_address = "From: Ben <ben@us.example>\r\n\r\nx";
    const Strangers nobody{"", "", {}, true};
    EXPECT_EQ(agent::strangers(item_from("/o=Us/cn=Ben", "EX"), with_address), nobody);
}

class ResolveSenders : public testing::Test {
protected:
    agent::Result<AddressBook> resolve(Strangers people) {
        return agent_test::run(senders_.resolve(std::move(people)));
    }
    void found(const std::string& address, const std::string& routing_type = "SMTP") {
        talk_.succeed(
            "ResolveNames",
            "<m:ResolutionSet><t:Resolution><t:Mailbox><t:EmailAddress>" + address +
                "</t:EmailAddress><t:RoutingType>" + routing_type +
                "</t:RoutingType></t:Mailbox></t:Resolution></m:ResolutionSet>"
        );
    }
    std::string asked() const { return talk_.asked("<m:UnresolvedEntry>", "</m:UnresolvedEntry>"); }

    agent_test::SoapTalk talk_;
    agent::ResolveSenders senders_{talk_.client};
};

TEST_F(ResolveSenders, AskForEachOnceAsLongAsTheAgentRuns) {
    found("ben@us.example");
    talk_.fail("ResolveNames", "ErrorNameResolutionNoResults");
    const AddressBook expected{"", {{"/o=us/cn=ben", "ben@us.example"}}};
    EXPECT_EQ(resolve({"", "", {"/o=us/cn=ben", "/o=us/cn=cy"}}).value(), expected);
    EXPECT_EQ(resolve({"", "", {"/O=US/CN=CY", "/O=US/CN=BEN"}}).value(), expected);
    EXPECT_EQ(asked(), "/o=us/cn=ben\n/o=us/cn=cy\n");
}

TEST_F(ResolveSenders, AskForNobodyWhomTheItemNames) {
    const AddressBook expected{"ben@us.example", {{"/o=us/cn=ben", "ben@us.example"}}};
    EXPECT_EQ(resolve({"ben@us.example", "/o=Us/cn=Ben", {"/o=us/cn=ben"}}).value(), expected);
    EXPECT_EQ(asked(), "");
}

TEST_F(ResolveSenders, TheBookSaysWhetherTheMailIsFromInside) {
    EXPECT_TRUE(resolve({"", "", {}, true}).value().is_inside);
    EXPECT_FALSE(resolve({"", "", {}}).value().is_inside);
}

TEST_F(ResolveSenders, FromIsAskedForByTheNameThatTheItemHas) {
    found("ben@us.example");
    EXPECT_EQ(resolve({"", "/o=Us/cn=Ben", {}}).value(), (AddressBook{"ben@us.example", {}}));
    EXPECT_EQ(asked(), "/o=Us/cn=Ben\n");
}

TEST_F(ResolveSenders, WhoeverHasNoSmtpAddressThereEitherIsNotFound) {
    found("/o=us/cn=other", "EX");
    found("list", "SMTP");
    EXPECT_EQ(resolve({"", "", {"/o=us/cn=a", "/o=us/cn=b"}}).value(), AddressBook{});
}

TEST_F(ResolveSenders, AServerThatCannotLookNamesUpIsAskedAgainForTheNextMail) {
    talk_.fail("ResolveNames", "ErrorAccessDenied");
    talk_.transport.answer(500, "");
    found("ben@us.example");
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(resolve({"", "", {"/o=us/cn=ben"}}).value(), AddressBook{});
    EXPECT_EQ(resolve({"", "", {"/o=us/cn=ben"}}).value().smtp.size(), 1U);
}

TEST_F(ResolveSenders, AServerOutOfReachMakesTheMailWait) {
    talk_.fail("ResolveNames", "ErrorServerBusy");
    talk_.transport.fail(http::errc::closed, "cut");
    for (int i = 0; i < 2; ++i) {
        const auto answer = resolve({"", "", {"/o=us/cn=ben"}});
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().code, agent::errc::unreachable);
    }
}

}  // namespace
