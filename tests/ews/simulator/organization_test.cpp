#include "ews/simulator/organization.hpp"

#include <gtest/gtest.h>

namespace {

using namespace ews::simulator;

struct SimulatorOrganization : ::testing::Test {
    Organization organization;

    void SetUp() override { organization.add_mailbox("a@example.test", "p:w"); }

    bool lets_in(const std::string& credentials, const std::string& scheme = "Basic ") {
        return organization.authenticate(scheme + encode_base64(credentials)) != nullptr;
    }
};

TEST_F(SimulatorOrganization, LetsInByNameAndPassword) {
    EXPECT_TRUE(lets_in("a@example.test:p:w"));
    EXPECT_TRUE(lets_in("A@Example.Test:p:w", "basic "));
}

TEST_F(SimulatorOrganization, RefusesEverythingElse) {
    EXPECT_FALSE(lets_in("a@example.test:P:W"));
    EXPECT_FALSE(lets_in("a@example.test:"));
    EXPECT_FALSE(lets_in("a@example.test"));
    EXPECT_FALSE(lets_in("b@example.test:p:w"));
    EXPECT_FALSE(lets_in("a@example.test:p:w", "Bearer "));
    EXPECT_EQ(organization.authenticate("Basic *"), nullptr);
    EXPECT_EQ(organization.authenticate(""), nullptr);
}

TEST_F(SimulatorOrganization, FindsAMailboxInAnyLetterCase) {
    EXPECT_NE(organization.mailbox("A@EXAMPLE.test"), nullptr);
    EXPECT_EQ(organization.mailbox("b@example.test"), nullptr);
}

TEST_F(SimulatorOrganization, LetsAUserActForItselfAndAServiceAccountForAll) {
    organization.add_service_account("service", "x");
    const Account user{"a@example.test", "", false, {}}, service{"service", "", true, {}};
    EXPECT_TRUE(may_act_for(user, "A@example.test"));
    EXPECT_FALSE(may_act_for(user, "b@example.test"));
    EXPECT_TRUE(may_act_for(service, "b@example.test"));
}

TEST_F(SimulatorOrganization, NarrowsAndWidensRightsByAList) {
    EXPECT_TRUE(organization.allow("a@example.test", {"b@example.test"}));
    EXPECT_FALSE(organization.allow("nobody", {}));
    const auto* const user =
        organization.authenticate("Basic " + encode_base64("a@example.test:p:w"));
    EXPECT_TRUE(may_act_for(*user, "a@example.test"));
    EXPECT_TRUE(may_act_for(*user, "B@example.test"));
    EXPECT_FALSE(may_act_for(*user, "c@example.test"));
    const Account service{"service", "", true, std::vector<std::string>{"b@example.test"}};
    EXPECT_FALSE(may_act_for(service, "c@example.test"));
}

}  // namespace
