#include <gtest/gtest.h>

#include "tests/ews/simulator/ask.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

std::string resolved(Office& office, std::string_view entry) {
    return office.ask(fmt::format(
        R"(<m:ResolveNames ReturnFullContactData="false"><m:UnresolvedEntry>{}</m:UnresolvedEntry>)"
        "</m:ResolveNames>",
        entry
    ));
}

TEST(SimulatorResolveNames, FindsAMailboxByItsX500NameInAnyLetterCase) {
    Office office;
    office.organization.legacy_names["/o=us/cn=other"] = "other@example.test";
    const auto reply = resolved(office, "/O=Us/CN=OTHER");
    EXPECT_EQ(codes(reply), "NoError");
    EXPECT_EQ(between(reply, "<t:EmailAddress>", "</t:EmailAddress>"), "other@example.test");
    EXPECT_EQ(between(reply, "<t:RoutingType>", "</t:RoutingType>"), "SMTP");
    EXPECT_EQ(codes(resolved(office, "/o=us/cn=oth")), "ErrorNameResolutionNoResults");
}

TEST(SimulatorResolveNames, FindsMailboxesByTheBeginningOfTheirAddress) {
    Office office;
    EXPECT_TRUE(has(resolved(office, "smtp:oth"), "other@example.test"));
    EXPECT_EQ(codes(resolved(office, "nobody")), "ErrorNameResolutionNoResults");
}

TEST(SimulatorResolveNames, WarnsWhereSeveralAreMeant) {
    Office office;
    office.organization.add_mailbox("otto@example.test", "secret");
    const auto reply = resolved(office, "ot");
    EXPECT_EQ(codes(reply), "ErrorNameResolutionMultipleResults");
    EXPECT_TRUE(has(reply, R"(ResponseClass="Warning")")) << reply;
    EXPECT_TRUE(has(reply, R"(TotalItemsInView="2")")) << reply;
}

}  // namespace
