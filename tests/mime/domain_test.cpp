#include "mime/domain.hpp"

#include <gtest/gtest.h>

TEST(Domain, IsWhatStandsBehindTheLastSign) {
    EXPECT_EQ(mime::domain_of("Ann@Mail.ACME.example."), "mail.acme.example");
    EXPECT_EQ(mime::domain_of("\"a@b\"@acme.example"), "acme.example");
    EXPECT_EQ(mime::domain_of("postmaster"), "");
    EXPECT_EQ(mime::domain_of(""), "");
}

TEST(Domain, RegistrableBySuffixesOfSeveralLabels) {
    EXPECT_EQ(mime::registrable_domain("mail.acme.co.uk"), "acme.co.uk");
    EXPECT_EQ(mime::registrable_domain("A.B.Acme.com"), "acme.com");
    EXPECT_EQ(mime::registrable_domain("acme.com."), "acme.com");
}

TEST(Domain, HostItselfWhereTheListGivesNone) {
    EXPECT_EQ(mime::registrable_domain("co.uk"), "co.uk");
    EXPECT_EQ(mime::registrable_domain("localhost"), "localhost");
    EXPECT_EQ(mime::registrable_domain("192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(mime::registrable_domain("[IPv6:2001:db8::1]"), "[ipv6:2001:db8::1]");
    EXPECT_EQ(mime::registrable_domain(""), "");
}

TEST(Domain, InternationalNamesInBothForms) {
    EXPECT_EQ(mime::registrable_domain("shop.bücher.de"), "bücher.de");
    EXPECT_EQ(mime::registrable_domain("shop.xn--bcher-kva.de"), "xn--bcher-kva.de");
}

TEST(Domain, ComparableAddressIgnoresCaseAndWrapping) {
    EXPECT_EQ(mime::comparable_address(" <Ann.Bo@ACME.Example> "), "ann.bo@acme.example");
    EXPECT_EQ(mime::comparable_address("ÄNNE@acme.example"), "änne@acme.example");
}

TEST(Domain, ComparableAddressOfItselfIsItself) {
    for (const char* address : {"<<a@b.example>>", "a@b.example. >.", " ", "<>"}) {
        const auto once = mime::comparable_address(address);
        EXPECT_EQ(mime::comparable_address(once), once) << address;
    }
}
