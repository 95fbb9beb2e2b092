#include "ews/autodiscover_place.hpp"

#include <gtest/gtest.h>

namespace {

using ews::Dialect;
using Places = std::vector<ews::AutodiscoverPlace>;

std::string domain(std::string_view address) {
    const auto found = ews::autodiscover_domain(address);
    return found ? *found : "";
}

TEST(AutodiscoverPlace, TheDomainStandsBehindTheLastAt) {
    EXPECT_EQ(domain("Ann@Example.TEST"), "example.test");
    EXPECT_EQ(domain("\"a@b\"@example.test"), "example.test");
}

TEST(AutodiscoverPlace, AnAddressThatIsNoneIsRefused) {
    for (const auto* address :
         {"",
          "ann",
          "@example.test",
          "ann@",
          "ann@localhost",
          "ann@[10.0.0.1]",
          "ann@10.0.0.1",
          "ann@example.test:8080",
          "ann@example.test/x",
          "ann@example.test?x",
          "ann@example.test#x",
          "ann@b\xC3\xBC"
          "cher.test",
          "ann\r\nX: y@example.test",
          "ann @example.test"})
        EXPECT_EQ(domain(address), "") << address;
    EXPECT_EQ(domain(std::string(300, 'a') + "@example.test"), "");
    EXPECT_EQ(
        ews::autodiscover_domain("ann\n").error().text,
        "Autodiscover cannot work with the address \"ann \": it needs NAME@DOMAIN, the domain in "
        "ASCII (xn--…)"
    );
}

TEST(AutodiscoverPlace, TheDomainComesBeforeItsAutodiscoverAndSoapBeforePox) {
    const Places expected{
        {"https://example.test/autodiscover/autodiscover.svc", Dialect::soap},
        {"https://example.test/autodiscover/autodiscover.xml", Dialect::pox},
        {"https://autodiscover.example.test/autodiscover/autodiscover.svc", Dialect::soap},
        {"https://autodiscover.example.test/autodiscover/autodiscover.xml", Dialect::pox}};
    EXPECT_EQ(ews::usual_places("example.test"), expected);
}

TEST(AutodiscoverPlace, DomainsOfExchangeOnlineAreAskedForThereToo) {
    const auto places = ews::usual_places("firm.mail.onmicrosoft.com");
    ASSERT_EQ(places.size(), 6u);
    EXPECT_EQ(places[4].url, "https://autodiscover-s.outlook.com/autodiscover/autodiscover.svc");
    EXPECT_EQ(ews::usual_places("notonmicrosoft.com").size(), 4u);
}

TEST(AutodiscoverPlace, ServersOfTheDnsKeepTheirPortAndAreFew) {
    const auto places = ews::places_of({{0, 0, 443, "a.test"}, {0, 0, 8443, "b.test"}});
    ASSERT_EQ(places.size(), 4u);
    EXPECT_EQ(places[1].url, "https://a.test/autodiscover/autodiscover.xml");
    EXPECT_EQ(places[2].url, "https://b.test:8443/autodiscover/autodiscover.svc");
    const std::vector<ews::SrvRecord> many(64, {0, 0, 443, "a.test"});
    EXPECT_EQ(ews::places_of(many).size(), 8u);
}

TEST(AutodiscoverPlace, ThePathOfARedirectShowsTheDialect) {
    const ews::AutodiscoverPlace soap{"https://a.test/a.svc", Dialect::soap};
    const ews::AutodiscoverPlace pox{"https://a.test/a.xml", Dialect::pox};
    EXPECT_EQ(ews::redirected_place("https://b.test/B.XML?x=1", soap).dialect, Dialect::pox);
    EXPECT_EQ(ews::redirected_place("https://b.test/b.svc", pox).dialect, Dialect::soap);
    EXPECT_EQ(ews::redirected_place("https://b.test/", pox).dialect, Dialect::pox);
    EXPECT_EQ(ews::redirected_place("https://b.test/", soap).dialect, Dialect::soap);
}

}  // namespace
