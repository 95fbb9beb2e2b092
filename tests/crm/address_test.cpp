#include "crm/address.hpp"

#include <gtest/gtest.h>

namespace {

TEST(ComparableDomain, DropsWhatIsNoPartOfTheDomain) {
    EXPECT_EQ(crm::comparable_domain("@Acme.Example"), "acme.example");
    EXPECT_EQ(crm::comparable_domain("WWW.acme.example."), "acme.example");
    EXPECT_EQ(crm::comparable_domain(" acme.example "), "acme.example");
    EXPECT_EQ(crm::comparable_domain("@"), "");
}

}  // namespace
