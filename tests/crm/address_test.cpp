#include "crm/address.hpp"

#include <gtest/gtest.h>

namespace {

TEST(ComparableDomain, DropsWhatIsNoPartOfTheDomain) {
    EXPECT_EQ(crm::comparable_domain("@Acme.Example"), "acme.example");
    EXPECT_EQ(crm::comparable_domain("WWW.acme.example."), "acme.example");
    EXPECT_EQ(crm::comparable_domain(" acme.example "), "acme.example");
    EXPECT_EQ(crm::comparable_domain("@"), "");
}

TEST(AddressField, IsEmailWithOrWithoutANumber) {
    for (const auto* name : {"email", "email2", "email3", "email10"}) {
        EXPECT_TRUE(crm::is_address_field(name)) << name;
    }
    for (const auto* name : {"", "mail", "email_opt_out", "emails", "Email"}) {
        EXPECT_FALSE(crm::is_address_field(name)) << name;
    }
}

}  // namespace
