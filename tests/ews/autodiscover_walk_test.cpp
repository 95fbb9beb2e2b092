#include "ews/autodiscover_walk.hpp"

#include <gtest/gtest.h>

namespace {

ews::AutodiscoverWalk begin(std::vector<std::string> allowed = {}) {
    auto walk = ews::AutodiscoverWalk::begin("ann@example.test", std::move(allowed));
    EXPECT_TRUE(walk);
    return *std::move(walk);
}

/// URLs that are asked, without https:// and the usual path; "-" at the end.
std::string rest(ews::AutodiscoverWalk& walk) {
    std::string urls;
    while (const auto place = walk.next()) {
        const auto path = place->url.find("/autodiscover/autodiscover");
        urls += place->url.substr(8, path - 8);
        urls += place->dialect == ews::Dialect::soap ? ".svc " : ".xml ";
    }
    return urls + "-";
}

TEST(AutodiscoverWalk, GoesThroughTheUsualPlacesThenAsksForTheDns) {
    auto walk = begin();
    EXPECT_EQ(
        rest(walk),
        "example.test.svc example.test.xml autodiscover.example.test.svc "
        "autodiscover.example.test.xml -"
    );
    EXPECT_EQ(walk.take_domain(), "example.test");
    EXPECT_EQ(walk.take_domain(), "");
    walk.add({{0, 0, 443, "mail.example.test"}, {0, 0, 443, "example.test"}});
    EXPECT_EQ(rest(walk), "mail.example.test.svc mail.example.test.xml -");
}

TEST(AutodiscoverWalk, NobodyGetsThePasswordWhoIsNotAllowedTo) {
    auto walk = begin({"hoster.test"});
    EXPECT_EQ(walk.obstacle("https://mail.example.test/EWS/Exchange.asmx"), "");
    EXPECT_EQ(walk.obstacle("https://ews.hoster.test/EWS/Exchange.asmx"), "");
    EXPECT_EQ(walk.obstacle("https://outlook.office365.com/EWS/Exchange.asmx"), "");
    EXPECT_EQ(
        walk.obstacle("https://autodiscover-s.outlook.com/autodiscover/autodiscover.svc"), ""
    );
    for (const auto* url :
         {"https://evil.test/",
          "https://example.test.evil.test/",
          "https://evilexample.test/",
          "https://example.test@evil.test/",
          "https://evil.test\\@example.test/",
          "http://example.test/",
          "http://localhost/",
          "https://login.outlook.com/",
          "example.test",
          "file:///etc/passwd",
          "https://example.test/\n",
          ""})
        EXPECT_NE(walk.obstacle(url), "") << url;
}

TEST(AutodiscoverWalk, ARedirectGoesToTheFrontOfTheQueue) {
    auto walk = begin();
    const auto first = walk.next();
    walk.follow(*first, ews::UrlRedirect{"https://m.example.test/autodiscover/autodiscover.xml"});
    EXPECT_EQ(walk.next()->url, "https://m.example.test/autodiscover/autodiscover.xml");
    EXPECT_EQ(walk.next()->url, "https://example.test/autodiscover/autodiscover.xml");
}

TEST(AutodiscoverWalk, AForeignTargetIsReportedNotAsked) {
    auto walk = begin();
    const auto first = walk.next();
    walk.follow(*first, ews::UrlRedirect{"https://evil.test/autodiscover/autodiscover.svc"});
    EXPECT_EQ(walk.next()->url, "https://example.test/autodiscover/autodiscover.xml");
    const std::vector<std::string> lines{
        "https://example.test/autodiscover/autodiscover.svc: redirects to "
        "https://evil.test/autodiscover/autodiscover.svc",
        "https://evil.test/autodiscover/autodiscover.svc: not asked: the host evil.test is not "
        "among those allowed by configuration"};
    EXPECT_EQ(walk.report.lines(), lines);
}

TEST(AutodiscoverWalk, ACircleIsNoticed) {
    auto walk = begin();
    const auto first = walk.next();
    walk.follow(*first, ews::UrlRedirect{"https://EXAMPLE.test/Autodiscover/autodiscover.svc"});
    EXPECT_EQ(
        walk.report.lines().back(),
        "https://example.test/autodiscover/autodiscover.svc: redirects to "
        "https://EXAMPLE.test/Autodiscover/autodiscover.svc: that has been asked already"
    );
    walk.follow(*first, ews::AddressRedirect{"ANN@example.test"});
    EXPECT_EQ(walk.address(), "ann@example.test");
}

TEST(AutodiscoverWalk, TenRedirectsAreFollowedUrlsAndAddressesTogether) {
    auto walk = begin();
    auto place = walk.next();
    for (int i = 0; i < 5; ++i) {
        const auto host = "https://h" + std::to_string(i) + ".example.test/a.svc";
        walk.follow(*place, ews::UrlRedirect{host});
        place = walk.next();
        ASSERT_EQ(place->url, host);
        walk.follow(*place, ews::AddressRedirect{"a" + std::to_string(i) + "@example.test"});
        place = walk.next();
        EXPECT_EQ(walk.address(), "a" + std::to_string(i) + "@example.test");
    }
    walk.follow(*place, ews::UrlRedirect{"https://h9.example.test/a.svc"});
    EXPECT_EQ(
        walk.report.lines().back(),
        "https://example.test/autodiscover/autodiscover.svc: redirects to "
        "https://h9.example.test/a.svc: no more redirects are followed"
    );
}

TEST(AutodiscoverWalk, AnotherAddressBeginsAtItsOwnDomainWhichMustBeAllowed) {
    auto walk = begin({"sister.test"});
    const auto first = walk.next();
    walk.follow(*first, ews::AddressRedirect{"ann@sister.test"});
    EXPECT_EQ(
        rest(walk),
        "sister.test.svc sister.test.xml autodiscover.sister.test.svc autodiscover.sister.test.xml "
        "-"
    );
    EXPECT_EQ(walk.take_domain(), "sister.test");
    walk.follow(*first, ews::AddressRedirect{"ann@evil.test"});
    EXPECT_EQ(rest(walk), "-");
}

TEST(AutodiscoverWalk, AServerThatDoesNotAnswerIsNotAskedInTheOtherDialect) {
    auto walk = begin();
    walk.skip_server_of(walk.next()->url);
    EXPECT_EQ(walk.next()->url, "https://autodiscover.example.test/autodiscover/autodiscover.svc");
    EXPECT_EQ(
        walk.report.lines().back(),
        "https://example.test/autodiscover/autodiscover.xml: not asked: its server did not answer, "
        "see above"
    );
}

TEST(AutodiscoverWalk, TheNumberOfRequestsIsBounded) {
    auto walk = begin();
    int asked = 0;
    for (int turn = 0; turn < 30; ++turn) {
        while (walk.next()) ++asked;
        const auto host = "h" + std::to_string(turn) + ".example.test";
        walk.add({{0, 0, 443, host}});
    }
    EXPECT_EQ(asked, 50);
    EXPECT_EQ(walk.take_domain(), "");
}

}  // namespace
