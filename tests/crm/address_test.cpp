#include "crm/address.hpp"

#include <gtest/gtest.h>

#include "mime/domain.hpp"

namespace {

TEST(ComparableAddress, IgnoresCaseWhiteSpaceAndAngleBrackets) {
    EXPECT_EQ(crm::comparable_address(" <Ann.Bo@ACME.Example> "), "ann.bo@acme.example");
    EXPECT_EQ(crm::comparable_address("J.WEISS@x"), "j.weiss@x");
    EXPECT_EQ(crm::comparable_address("JÜRGEN@Köln.example"), "jürgen@köln.example");
    EXPECT_EQ(crm::comparable_address(""), "");
}

TEST(ComparableAddress, LeavesWildcardsAndQuotesAlone) {
    EXPECT_EQ(crm::comparable_address("o'%_\\@x"), "o'%_\\@x");
}

// What the rules ask for is normalised by mime/; it must find what was stored here.
TEST(ComparableAddress, FindsWhatTheRulesAskFor) {
    for (const auto* address :
         {"Ann@Acme.Example",
          "<ann@acme.example>",
          " ann@acme.example ",
          "JÜRGEN@KÖLN.example",
          "Straße@x.example",
          "ΣΊΣΥΦΟΣ@x.example",
          "o'malley+crm@x.example",
          "İ@x.example"}) {
        EXPECT_EQ(
            crm::comparable_address(mime::comparable_address(address)),
            crm::comparable_address(address)
        );
    }
}

TEST(ComparableDomain, DropsWhatIsNoPartOfTheDomain) {
    EXPECT_EQ(crm::comparable_domain("@Acme.Example"), "acme.example");
    EXPECT_EQ(crm::comparable_domain("WWW.acme.example."), "acme.example");
    EXPECT_EQ(crm::comparable_domain(" acme.example "), "acme.example");
    EXPECT_EQ(crm::comparable_domain("@"), "");
}

}  // namespace
