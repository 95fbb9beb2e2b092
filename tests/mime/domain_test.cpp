#include "mime/domain.hpp"

#include <gtest/gtest.h>

#include <string>

TEST(Domain, IsWhatStandsBehindTheLastSign) {
    EXPECT_EQ(mime::domain_of("Ann@Mail.ACME.example."), "mail.acme.example");
    EXPECT_EQ(mime::domain_of("\"a@b\"@acme.example"), "acme.example");
    EXPECT_EQ(mime::domain_of("<ann@acme.example> "), "acme.example");
    EXPECT_EQ(mime::domain_of("postmaster"), "");
    EXPECT_EQ(mime::domain_of(""), "");
}

TEST(Domain, InternationalNamesHaveOneForm) {
    for (const char* name :
         {"bücher.example",
          "BÜCHER.Example.",
          "bu\xCC\x88"
          "cher.example",  // u with a combining diaeresis
          "xn--bcher-kva.example",
          "XN--Bcher-KVA.example",
          "bücher。example",
          "ｂücher．ｅｘａｍｐｌｅ",
          "bücher｡example｡",
          "bü\xC2\xAD"
          "cher.example"})  // a soft hyphen
        EXPECT_EQ(mime::normal_domain(name), "xn--bcher-kva.example") << name;
}

TEST(Domain, LettersThatOlderRulesReplacedStay) {
    EXPECT_EQ(mime::normal_domain("straße.example"), "xn--strae-oqa.example");
    EXPECT_EQ(mime::normal_domain("strasse.example"), "strasse.example");
    EXPECT_EQ(mime::normal_domain("βόλος.example"), "xn--nxasmm1c.example");
    EXPECT_EQ(
        mime::normal_domain("ශ\xE0\xB7\x8A\xE2\x80\x8Dර\xE0\xB7\x93.example"),
        "xn--10cl1a0b660p.example"
    ) << "a joiner within a word";
}

TEST(Domain, WhatIsNoLabelStaysInLowerCase) {
    EXPECT_EQ(
        mime::normal_domain("a\xE2\x80\x8D"
                            "b.Example"),
        "a\xE2\x80\x8D"
        "b.example"
    ) << "a joiner between Latin letters";
    EXPECT_EQ(mime::normal_domain("XN--A-.example"), "xn--a-.example") << "no Punycode";
    EXPECT_EQ(mime::normal_domain("Ａ﹫b.example"), "Ａ﹫b.example") << "would become a@b";
    EXPECT_EQ(mime::normal_domain("my_host.-a-.EXAMPLE"), "my_host.-a-.example");
    EXPECT_EQ(mime::normal_domain("a..b.example"), "a..b.example");
    const std::string long_label = "ü" + std::string(70, 'a');
    EXPECT_EQ(mime::normal_domain(long_label + ".Example"), long_label + ".example");
    EXPECT_EQ(mime::normal_domain("\xFC.example"), "xn--tda.example") << "undeclared Latin-1";
}

TEST(Domain, RegistrableBySuffixesOfSeveralLabels) {
    EXPECT_EQ(mime::registrable_domain("mail.acme.co.uk"), "acme.co.uk");
    EXPECT_EQ(mime::registrable_domain("A.B.Acme.com"), "acme.com");
    EXPECT_EQ(mime::registrable_domain("acme.com."), "acme.com");
}

TEST(Domain, PrivateSuffixesAreSuffixes) {
    EXPECT_EQ(mime::registrable_domain("mail.acme.uk.com"), "acme.uk.com");
    EXPECT_EQ(mime::registrable_domain("a.acme.github.io"), "acme.github.io");
}

TEST(Domain, HostItselfWhereTheListGivesNone) {
    EXPECT_EQ(mime::registrable_domain("co.uk"), "co.uk");
    EXPECT_EQ(mime::registrable_domain("localhost"), "localhost");
    EXPECT_EQ(mime::registrable_domain("192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(mime::registrable_domain("[IPv6:2001:db8::1]"), "[ipv6:2001:db8::1]");
    EXPECT_EQ(mime::registrable_domain(""), "");
    std::string longer;
    for (int i = 0; i < 200; ++i) longer += "a.";
    EXPECT_EQ(mime::registrable_domain(longer + "com"), longer + "com") << "no name of the DNS";
}

TEST(Domain, InternationalNamesAreRegistrableInBothForms) {
    EXPECT_EQ(mime::registrable_domain("shop.bücher.de"), "xn--bcher-kva.de");
    EXPECT_EQ(mime::registrable_domain("shop.xn--bcher-kva.de"), "xn--bcher-kva.de");
    EXPECT_EQ(mime::registrable_domain("mail.例.公司.cn"), "xn--fsq.xn--55qx5d.cn");
}

TEST(Domain, ComparableAddressIgnoresCaseAndWrapping) {
    EXPECT_EQ(mime::comparable_address(" <Ann.Bo@ACME.Example> "), "ann.bo@acme.example");
    EXPECT_EQ(mime::comparable_address("ÄNNE@acme.example"), "änne@acme.example");
}

TEST(Domain, ComparableAddressHasTheDomainInNormalForm) {
    EXPECT_EQ(mime::comparable_address("Jörg@Bücher.example"), "jörg@xn--bcher-kva.example");
    EXPECT_EQ(
        mime::comparable_address("Jörg@XN--BCHER-KVA.example."), "jörg@xn--bcher-kva.example"
    );
}

TEST(Domain, ComparableAddressOfItselfIsItself) {
    for (const char* address :
         {"<<a@b.example>>",
          "a@b.example. >.",
          " ",
          "<>",
          "a@b.>。",
          "@",
          ".@。",
          "ẞ@ẞ.ẞ",
          "\xE4@ü.example",
          "a@xn--"}) {
        const auto once = mime::comparable_address(address);
        EXPECT_EQ(mime::comparable_address(once), once) << address;
        EXPECT_EQ(mime::domain_of(once), mime::domain_of(address)) << address;
    }
}
