#include "rules/domain_name.hpp"

#include <gtest/gtest.h>

namespace {

TEST(DomainName, TheAtSignCaseAndOuterDotsMakeNoDifference) {
    for (const auto* written :
         {"gmail.com", "@gmail.com", "GMail.COM", " @gmail.com \n", "gmail.com."})
        EXPECT_EQ(rules::normal_domain(written), "gmail.com") << written;
}

TEST(DomainName, AcceptsDomains) {
    for (const auto* written :
         {"us.example",
          "@us.example",
          "a-b.co.uk",
          "1und1.de",
          "xn--bcher-kva.example",
          "bücher.example"})
        EXPECT_EQ(rules::wrong_domain(written), "") << written;
}

TEST(DomainName, SaysWhatToWriteInstead) {
    EXPECT_EQ(
        rules::wrong_domain("*.us.example"),
        "write \"us.example\", which covers the domains below it"
    );
    EXPECT_EQ(
        rules::wrong_domain(".us.example"),
        "write \"us.example\", which covers the domains below it"
    );
    EXPECT_EQ(rules::wrong_domain("us*.example"), "a domain has no wildcards; write it out");
    EXPECT_EQ(
        rules::wrong_domain("anna@us.example"),
        "this is an address; write its domain \"us.example\""
    );
    EXPECT_EQ(
        rules::wrong_domain("https://us.example"), "write the domain alone, \"acme.example\""
    );
    EXPECT_EQ(rules::wrong_domain("a.example b.example"), "one domain in each element");
    EXPECT_EQ(rules::wrong_domain("localhost"), "a domain has a dot, \"acme.example\"");
    EXPECT_EQ(rules::wrong_domain(""), "a domain has a dot, \"acme.example\"");
    for (const auto* written : {"a..example", "-a.example", "a_b.example", "a.example/x"})
        EXPECT_EQ(
            rules::wrong_domain(written),
            "it consists of letters, digits, - and dots, \"acme.example\""
        ) << written;
    EXPECT_NE(rules::wrong_domain(std::string(64, 'a') + ".example"), "");
}

}  // namespace
