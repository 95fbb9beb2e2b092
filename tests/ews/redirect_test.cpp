#include "ews/redirect.hpp"

#include <gtest/gtest.h>

namespace {

using ews::errc;

const std::string url = "https://mail.example.test/EWS/Exchange.asmx";

http::Response to(std::string location, unsigned status = 302) {
    return {status, {{"location", std::move(location)}}, ""};
}

/// The URL that is followed, else what the admin reads.
std::string followed(const http::Response& response, const std::vector<std::string>& allowed = {}) {
    const auto target = ews::redirect_of(response, url, allowed);
    return target ? *target : target.error().text;
}

std::string refusal(std::string_view target, std::string_view reason) {
    return "https://mail.example.test/EWS/Exchange.asmx redirects (HTTP 302) to " +
           std::string(target) + ", which is not followed: " + std::string(reason) +
           "; if that is right, put the address of EWS into the configuration";
}

TEST(Redirect, FourStatusesRepeatThePost) {
    for (const unsigned status : {301u, 302u, 307u, 308u}) {
        EXPECT_TRUE(ews::is_redirect(status));
        EXPECT_EQ(followed(to(url, status)), url);
    }
    EXPECT_FALSE(ews::is_redirect(303));
    EXPECT_FALSE(ews::redirect_of(to(url, 303), url, {}));
    EXPECT_FALSE(ews::is_redirect(200));
}

TEST(Redirect, StaysOnTheSameHostWhateverItsCaseAndPort) {
    EXPECT_EQ(
        followed(to("https://MAIL.example.test:444/ews/exchange.asmx")),
        "https://MAIL.example.test:444/ews/exchange.asmx"
    );
}

TEST(Redirect, APathAloneIsOnTheServerThatWasAsked) {
    EXPECT_EQ(
        followed(to("/site2/EWS/Exchange.asmx")),
        "https://mail.example.test/site2/EWS/Exchange.asmx"
    );
    EXPECT_EQ(followed(to("//mail.example.test/EWS/Exchange.asmx")), url);
}

TEST(Redirect, AnAllowedHostIsFollowedAnotherIsNot) {
    const auto away = to("https://ews.hoster.test/EWS/Exchange.asmx");
    EXPECT_EQ(followed(away, {"hoster.test"}), "https://ews.hoster.test/EWS/Exchange.asmx");
    EXPECT_EQ(
        followed(away, {"other.test"}),
        refusal(
            "https://ews.hoster.test/EWS/Exchange.asmx",
            "the host ews.hoster.test is not among those allowed by configuration"
        )
    );
    EXPECT_EQ(ews::redirect_of(away, url, {}).error().code, errc::redirected);
}

TEST(Redirect, PlainHttpIsNeverFollowed) {
    EXPECT_NE(
        followed(to("http://mail.example.test/EWS/Exchange.asmx")).find("plain http"),
        std::string::npos
    );
    EXPECT_EQ(
        followed(to("http://127.0.0.1/EWS/Exchange.asmx"), {"127.0.0.1"}),
        refusal("http://127.0.0.1/EWS/Exchange.asmx", "it is not https")
    );
}

TEST(Redirect, OnlyThePathOfEwsGetsARequestOfEws) {
    EXPECT_EQ(
        followed(to("https://mail.example.test/sign-in?next=/EWS/Exchange.asmx")),
        refusal("https://mail.example.test/sign-in", "its path does not end in /EWS/Exchange.asmx")
    );
}

TEST(Redirect, ErrorAndLoginPagesOfAFrontEndPass) {
    for (const auto* page :
         {"/ews/genericerrorpage.htm",
          "https://mail.example.test/owa/auth/logon.aspx?url=https://mail/EWS/Exchange.asmx"})
        EXPECT_EQ(ews::redirect_of(to(page), url, {}).error().code, errc::gateway) << page;
}

TEST(Redirect, WithoutALocationThereIsNowhereToGo) {
    EXPECT_EQ(followed({302, {}, ""}), refusal("nowhere", "it does not say where to"));
}

TEST(Redirect, ATextHoldsNoPasswordAndNoSecondLine) {
    const auto text = followed(to("https://ann:secret@mail.example.test/EWS/Exchange.asmx"));
    EXPECT_EQ(text.find("secret"), std::string::npos) << text;
    EXPECT_EQ(followed(to("https://a.test/\nx?token=1")).find_first_of("\n?"), std::string::npos);
}

TEST(Redirect, ASuffixEndsAtADot) {
    const std::vector<std::string> allowed{"Example.test", "10.0.0.1", ""};
    EXPECT_TRUE(ews::is_allowed_host("example.test", allowed));
    EXPECT_TRUE(ews::is_allowed_host("a.b.EXAMPLE.test", allowed));
    EXPECT_FALSE(ews::is_allowed_host("badexample.test", allowed));
    EXPECT_FALSE(ews::is_allowed_host("example.test.evil.test", allowed));
    EXPECT_FALSE(ews::is_allowed_host("", allowed));
    EXPECT_TRUE(ews::is_allowed_host("10.0.0.1", allowed));
    EXPECT_FALSE(ews::is_allowed_host("8.10.0.0.1", allowed));
}

}  // namespace
