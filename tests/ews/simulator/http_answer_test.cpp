#include "ews/simulator/http_answer.hpp"

#include <gtest/gtest.h>

#include "tests/ews/simulator/ask.hpp"
#include "tests/ews/simulator/requests.hpp"

namespace {

using namespace ews::simulator;
using namespace ews::simulator::testing;

namespace http = boost::beast::http;

struct HttpAnswer : ::testing::Test {
    Office office;
    std::mutex guard;
    Budget budget;
    std::optional<Shared> shared;
    Visitor visitor;
    std::string cookie;

    HttpRequest request(std::string_view body) const {
        HttpRequest result{http::verb::post, "/EWS/Exchange.asmx", 11};
        result.set(http::field::authorization, "Basic " + encode_base64(agent + ":secret"));
        if (!cookie.empty()) result.set(http::field::cookie, cookie);
        result.body() = body.empty() ? "" : envelope(body);
        return result;
    }

    Verdict ask(const HttpRequest& request, Visitor& who) {
        using namespace std::chrono_literals;
        if (!shared) shared.emplace(Shared{office.organization, guard, 45s, 0s, Ledger(budget), Doorkeeper({}, "")});
        return decide(request, *shared, who);
    }
    Verdict ask(std::string_view body) { return ask(request(body), visitor); }

    std::string subscription() {
        return between(ask(subscribe("inbox")).response.body(), "<m:SubscriptionId>", "<");
    }
};

TEST_F(HttpAnswer, GivesTheCookieOfABackEndToThoseWhoPreferOne) {
    auto prefers = request(subscribe("inbox"));
    prefers.set("X-PreferServerAffinity", "true");
    const auto given = ask(prefers, visitor);
    EXPECT_TRUE(given.response[http::field::set_cookie].starts_with("X-BackEndOverrideCookie=mailferry~1;"));
    cookie = "X-BackEndOverrideCookie=mailferry~1";
    auto again = request(subscribe("inbox"));
    again.set("X-PreferServerAffinity", "true");
    EXPECT_EQ(ask(again, visitor).response[http::field::set_cookie], "");
}

TEST_F(HttpAnswer, LeadsAStreamToTheBackEndOfItsCookie) {
    office.organization.ways.back_ends = 2;
    const auto id = subscription();
    EXPECT_EQ(ask(stream(id)).stream->refused.size(), 1U);
    cookie = "other=1; X-BackEndOverrideCookie=mailferry~1; more=2";
    EXPECT_EQ(ask(stream(id)).stream->refused.size(), 0U);
    cookie = "X-BackEndOverrideCookie=someone~1";
    EXPECT_TRUE(has(ask(stream(id)).response.body(), "ErrorProxyRequestNotAllowed"));
    cookie.clear();
    auto as_field = request(stream(id));
    as_field.set("X-BackEndOverrideCookie", "mailferry~1");
    EXPECT_EQ(ask(as_field, visitor).stream->refused.size(), 0U);
}

TEST_F(HttpAnswer, RefusesMoreConnectionsThanTheBudgetHas) {
    budget.connections = 1;
    Visitor second;
    EXPECT_EQ(ask(find_item("")).response.result_int(), 200U);
    EXPECT_EQ(ask(find_item("")).response.result_int(), 200U);
    const auto refused = ask(request(find_item("")), second);
    EXPECT_TRUE(has(refused.response.body(), "ErrorExceededConnectionCount</e:ResponseCode>"));
    visitor = {};
    EXPECT_EQ(ask(request(find_item("")), second).response.result_int(), 200U);
}

TEST_F(HttpAnswer, RefusesMoreConcurrentRequestsThanTheBudgetHas) {
    budget.requests = 1;
    budget.back_off = std::chrono::milliseconds(5000);
    {
        const auto being_sent = ask(find_item(""));
        const auto refused = ask(find_item("")).response.body();
        EXPECT_TRUE(has(refused, "ErrorServerBusy</e:ResponseCode>"));
        EXPECT_TRUE(has(refused, R"(Name="BackOffMilliseconds">5000<)"));
    }
    EXPECT_EQ(ask(find_item("")).response.result_int(), 200U);
}

TEST_F(HttpAnswer, CountsStreamsApartFromRequests) {
    budget.requests = 1;
    budget.streams = 1;
    const auto id = subscription();
    const auto streaming = ask(stream(id));
    EXPECT_TRUE(streaming.stream.has_value());
    EXPECT_EQ(ask(find_item("")).response.result_int(), 200U);
    EXPECT_TRUE(has(ask(stream(id)).response.body(), "ErrorExceededConnectionCount"));
}

TEST_F(HttpAnswer, RefusesMoreSubscriptionsThanTheBudgetHas) {
    office.organization.subscriptions.limit(2);
    subscription();
    subscription();
    EXPECT_EQ(codes(ask(subscribe("inbox")).response.body()), "ErrorExceededSubscriptionCount");
}

TEST_F(HttpAnswer, ChallengesWhereAFaultIsAStray401) {
    office.play("401");
    const auto stray = ask(find_item("")).response;
    EXPECT_EQ(stray.result_int(), 401U);
    EXPECT_TRUE(stray[http::field::www_authenticate].starts_with("Basic"));
}

TEST_F(HttpAnswer, RedirectsWhereAFaultWantsIt) {
    office.play("302 to https://other.example/EWS/Exchange.asmx");
    const auto moved = ask(find_item("")).response;
    EXPECT_EQ(moved.result_int(), 302U);
    EXPECT_EQ(moved[http::field::location], "https://other.example/EWS/Exchange.asmx");
}

TEST_F(HttpAnswer, ReadsNoChunkedAndNoEmptyBodyAsGrommunio) {
    office.organization.ways.grommunio = true;
    auto chunked = request(find_item(""));
    chunked.chunked(true);
    EXPECT_EQ(ask(chunked, visitor).response.result_int(), 400U);
    const auto empty = ask("").response;
    EXPECT_EQ(empty.result_int(), 400U);
    EXPECT_EQ(empty[http::field::content_type], "text/plain; charset=utf-8");
}

TEST_F(HttpAnswer, IsOfNoUseAfterALargeRequestAsGrommunio) {
    office.organization.ways.grommunio = true;
    const auto large = ask(find_item("") + std::string(70'000, ' ')).response;
    EXPECT_EQ(large.result_int(), 200U);
    const auto next = ask(find_item("")).response;
    EXPECT_EQ(next.result_int(), 400U);
    EXPECT_FALSE(next.keep_alive());
}

}  // namespace
