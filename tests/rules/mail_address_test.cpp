#include "rules/mail_address.hpp"

#include <gtest/gtest.h>

namespace {

TEST(MailAddress, IsALocalPartAndADomain) {
    for (const auto* address :
         {"admin@us.example",
          "A.Smith+crm@lab.us.example",
          "o'neil@us.example",
          "a@bücher.example"})
        EXPECT_EQ(rules::wrong_address(address), "") << address;
}

TEST(MailAddress, WhatIsNoneSaysWhatToWrite) {
    EXPECT_EQ(rules::wrong_address("admin"), "write name@domain");
    EXPECT_EQ(rules::wrong_address("@us.example"), "write name@domain");
    EXPECT_EQ(rules::wrong_address("admin@"), "write name@domain");
    EXPECT_EQ(rules::wrong_address("admin@us"), "a domain has a dot, \"acme.example\"");
    EXPECT_EQ(
        rules::wrong_address("a@us.example, b@us.example"), "write one address in each element"
    );
    EXPECT_EQ(
        rules::wrong_address("Admin <admin@us.example>"),
        "write the address alone, \"name@us.example\""
    );
    for (const auto* address :
         {"a..b@us.example", ".a@us.example", "\"a\"@us.example", "ä@us.example", "a@b@us.example"})
        EXPECT_EQ(
            rules::wrong_address(address),
            "before the @ stand letters, digits and marks of ASCII, dots between them"
        ) << address;
    EXPECT_EQ(
        rules::wrong_address(std::string(400, 'a') + "@us.example"),
        "it is longer than an address can be"
    );
}

TEST(MailAddress, ItsDomainIsWrittenAsTheDnsHasIt) {
    EXPECT_EQ(rules::normal_address("Admin@US.Example"), "Admin@us.example");
    EXPECT_EQ(rules::normal_address("a@Bücher.example"), "a@xn--bcher-kva.example");
    EXPECT_EQ(rules::normal_address("no address"), "no address");
}

}  // namespace
