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

TEST_F(SimulatorOrganization, GivesAFaultToItsOperationOnly) {
    organization.inject("GetItem", {}, 1);
    EXPECT_FALSE(organization.take_fault("FindItem").has_value());
    EXPECT_TRUE(organization.take_fault("GetItem").has_value());
    EXPECT_FALSE(organization.take_fault("GetItem").has_value());
}

}  // namespace
