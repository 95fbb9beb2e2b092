#include "http/url.hpp"

#include <gtest/gtest.h>

namespace {

using http::errc;
using http::read_url;

TEST(Url, IsTakenApart) {
    const auto target = read_url("https://Mail.Example.org/EWS/Exchange.asmx?a=%20b#part");
    ASSERT_TRUE(target) << target.error().text;
    EXPECT_TRUE(target->secure);
    EXPECT_EQ(target->host, "mail.example.org");
    EXPECT_EQ(target->port, "443");
    EXPECT_EQ(target->host_field, "mail.example.org");
    EXPECT_EQ(target->path, "/EWS/Exchange.asmx?a=%20b");
    EXPECT_EQ(target->origin(), "https://mail.example.org:443");
    EXPECT_FALSE(target->is_address);
}

TEST(Url, AnotherPortStandsInTheHostField) {
    EXPECT_EQ(read_url("https://a.example:8443")->host_field, "a.example:8443");
    EXPECT_EQ(read_url("https://a.example:443")->host_field, "a.example");
    EXPECT_EQ(read_url("http://localhost:80/")->host_field, "localhost");
    EXPECT_EQ(read_url("http://localhost:")->port, "80");
}

TEST(Url, AnEmptyPathIsTheRoot) {
    EXPECT_EQ(read_url("https://a.example")->path, "/");
    EXPECT_EQ(read_url("https://a.example?q")->path, "/?q");
}

TEST(Url, Ipv6LosesItsBrackets) {
    const auto target = read_url("https://[2001:db8::1]:444/x");
    ASSERT_TRUE(target) << target.error().text;
    EXPECT_TRUE(target->is_address);
    EXPECT_EQ(target->host, "2001:db8::1");
    EXPECT_EQ(target->host_field, "[2001:db8::1]:444");
    EXPECT_EQ(target->origin(), "https://[2001:db8::1]:444");
}

TEST(Url, AHostThatBeginsLikeAnAddressIsAName) {
    const auto target = read_url("https://127.0.0.1.example.org:444/x");
    ASSERT_TRUE(target) << target.error().text;
    EXPECT_EQ(target->host, "127.0.0.1.example.org");
    EXPECT_EQ(target->origin(), "https://127.0.0.1.example.org:444");
    EXPECT_EQ(target->path, "/x");
    EXPECT_FALSE(target->is_address);
}

TEST(Url, WhatCannotBeUsedIsRefused) {
    for (const char* bad :
         {"",
          "mail.example.org",
          "/EWS",
          "ftp://a.example/",
          "https://",
          "https:///x",
          "https://a.example:0/",
          "https://a.example:99999/",
          "https://[1.2.3.4/",
          "https://[fe80::1%25eth0]/",
          "https://a b/",
          "https://a.example/x y",
          "https://a%0d%0ab.example/",
          "https://m\xc3\xbcller.example/"}) {
        const auto target = read_url(bad);
        ASSERT_FALSE(target) << bad;
        EXPECT_EQ(target.error().code, errc::bad_url) << bad;
    }
}

TEST(Url, PasswordsInUrlsAreRefusedAndNotRepeated) {
    for (const char* url :
         {"https://bob:hunter2@a.example/", "ftp://bob:hunter2@a.example/", "bob:hunter2@a"}) {
        const auto target = read_url(url);
        ASSERT_FALSE(target) << url;
        EXPECT_EQ(target.error().text.find("hunter2"), std::string::npos) << target.error().text;
    }
}

TEST(Url, PlainHttpIsForThisMachineOrForThoseWhoAllowIt) {
    for (const char* url :
         {"http://localhost/",
          "http://LOCALHOST/",
          "http://127.0.0.1/",
          "http://127.8.8.8:81/",
          "http://[::1]/"}) {
        EXPECT_TRUE(read_url(url)) << url;
    }
    for (const char* url :
         {"http://mail.example.org/",
          "http://192.0.2.1/",
          "http://127.0.0.1.example.org/",
          "http://localhost.example.org/",
          "http://[2001:db8::1]/",
          "http://127.1/"}) {
        const auto target = read_url(url);
        ASSERT_FALSE(target) << url;
        EXPECT_EQ(target.error().code, errc::bad_url) << url;
        EXPECT_NE(target.error().text.find("use https://"), std::string::npos)
            << target.error().text;
    }
}

}  // namespace
