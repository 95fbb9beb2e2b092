#include "http/auth/oauth.hpp"

#include <gtest/gtest.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <list>

#include "tests/fakes/transport.hpp"
#include "tests/http/auth/rsa_identity.hpp"
#include "tests/http/loop.hpp"

namespace {

using namespace testing_http;
using http::Credentials;
using http::Result;
using std::chrono::minutes;
using std::chrono::seconds;
using Begun = Result<Credentials>;
using Answered = Result<std::optional<Credentials>>;

/// Answers late: when the test lets go.
class Endpoint : public fakes::Transport {
public:
    explicit Endpoint(asio::io_context& io) : gate_(io, asio::steady_timer::time_point::max()) {}

    bool is_held = false;
    void let_go() {
        is_held = false;
        gate_.cancel();
    }
    void grant(const std::string& token, int life = 3600) {
        answer(
            200,
            R"({"token_type":"Bearer","access_token":")" + token + R"(","expires_in":)" +
                std::to_string(life) + "}"
        );
    }

    asio::awaitable<Result<http::Response>> exchange(http::Request request) override {
        if (is_held) {
            const auto token = asio::as_tuple(asio::use_awaitable);
            co_await gate_.async_wait(token);
        }
        Result<http::Response> response = co_await fakes::Transport::exchange(std::move(request));
        co_return response;
    }

private:
    asio::steady_timer gate_;
};

class OAuth : public testing::Test {
protected:
    http::Clocks clocks() {
        return {
            [this] { return std::chrono::steady_clock::time_point(passed_); },
            [this] { return wall_ + passed_; },
            [] { return 0.5; }};  // the steps of the back-off as they are
    }
    std::unique_ptr<http::OAuth> made(http::Application application) {
        auto created = http::OAuth::create(endpoint_, std::move(application), clocks());
        return created ? std::move(*created) : nullptr;
    }
    http::Application with_secret() const { return {request_, http::ClientSecret{"hunter2"}}; }
    std::string error_of(http::Application application) {
        const auto created = http::OAuth::create(endpoint_, std::move(application), clocks());
        return created ? "" : created.error().text;
    }
    std::unique_ptr<http::Login> login() { return oauth_->login(http::Target(), {}); }

    /// What a new connection would send, or the text of the error.
    std::string begin(http::Login& login) {
        const Begun begun = run(io_, login.begin());
        return begun ? begun->authorization : "error: " + begun.error().text;
    }
    std::string begin() { return begin(*login()); }
    std::string refused(http::Login& login) {
        const std::vector<std::string> challenges = {R"(Bearer error="invalid_token")"};
        const Answered answered = run(io_, login.answer(challenges));
        if (!answered) return "error: " + answered.error().text;
        return *answered ? (**answered).authorization : "refused";
    }
    std::size_t fetches() const { return endpoint_.asked.size(); }
    void pass(std::chrono::nanoseconds time) { passed_ += time; }

    const http::TokenRequest request_{
        "https://login.example/tenant/oauth2/v2.0/token", "app-1", "https://mail.example/.default"};
    asio::io_context io_;
    Endpoint endpoint_{io_};
    std::chrono::nanoseconds passed_{std::chrono::hours(1)};
    std::chrono::system_clock::time_point wall_ = std::chrono::system_clock::now();
    std::unique_ptr<http::OAuth> oauth_ = made(with_secret());
};

TEST_F(OAuth, OneTokenServesAllLoginsUntilFourFifthsOfItsLife) {
    endpoint_.grant("t1", 3600);
    endpoint_.grant("t2", 3600);
    EXPECT_EQ(begin(), "Bearer t1");
    EXPECT_EQ(begin(), "Bearer t1");
    pass(seconds(2879));
    EXPECT_EQ(begin(), "Bearer t1");
    EXPECT_EQ(fetches(), 1U);
    pass(seconds(1));
    EXPECT_EQ(begin(), "Bearer t2");
    EXPECT_EQ(fetches(), 2U);
}

TEST_F(OAuth, AShortTokenIsRenewedFiveMinutesAheadButNotInItsFirstHalf) {
    endpoint_.grant("t1", 1000);
    endpoint_.grant("t2", 60);
    endpoint_.grant("t3", 60);
    begin();
    pass(seconds(699));
    EXPECT_EQ(begin(), "Bearer t1");
    pass(seconds(1));
    EXPECT_EQ(begin(), "Bearer t2");
    pass(seconds(29));
    EXPECT_EQ(begin(), "Bearer t2");
    pass(seconds(1));
    EXPECT_EQ(begin(), "Bearer t3");
}

TEST_F(OAuth, TheFormIsSentToTheEndpoint) {
    endpoint_.grant("t1");
    begin();
    EXPECT_EQ(endpoint_.asked.at(0).url, "https://login.example/tenant/oauth2/v2.0/token");
    EXPECT_EQ(
        endpoint_.asked.at(0).body,
        "grant_type=client_credentials&client_id=app-1&scope=https%3A%2F%2Fmail.example%2F.default"
        "&client_secret=hunter2"
    );
}

TEST_F(OAuth, ACertificateSignsANewAssertionForEachFetch) {
    const Files files;
    const auto certificate = http::SigningCertificate::read(
        files.write("app.pem", certificate_pem(rsa_identity())),
        files.write("app.key", key_pem(rsa_identity())),
        http::Signing::ps256
    );
    ASSERT_TRUE(certificate);
    oauth_ = made({request_, *certificate});
    endpoint_.grant("t1");
    endpoint_.grant("t2");
    EXPECT_EQ(begin(), "Bearer t1");
    pass(minutes(50));
    EXPECT_EQ(begin(), "Bearer t2");
    const std::string head =
        "grant_type=client_credentials&client_id=app-1&scope=https%3A%2F%2Fmail.example%2F.default"
        "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
        "&client_assertion=ey";
    EXPECT_TRUE(endpoint_.asked.at(0).body.starts_with(head)) << endpoint_.asked.at(0).body;
    EXPECT_NE(endpoint_.asked.at(0).body, endpoint_.asked.at(1).body);
    pass(std::chrono::hours(24 * 60));
    EXPECT_TRUE(begin().starts_with("error: the certificate in "));
    EXPECT_EQ(fetches(), 2U);
}

TEST_F(OAuth, TwentyLoginsAtOnceCauseOneFetch) {
    endpoint_.grant("t1");
    endpoint_.is_held = true;
    std::vector<std::unique_ptr<http::Login>> logins;
    std::list<Running<Begun>> begun;
    for (int i = 0; i < 20; ++i) {
        logins.push_back(login());
        begun.emplace_back(io_, logins.back()->begin());
    }
    io_.poll();
    endpoint_.let_go();
    for (Running<Begun>& each : begun) {
        run_until(io_, [&each] { return each.done(); });
        EXPECT_EQ(each.result()->authorization, "Bearer t1");
    }
    EXPECT_EQ(fetches(), 1U);
}

TEST_F(OAuth, TwentyLoginsAtOnceShareOneFailure) {
    endpoint_.fail(http::errc::connect, "https://login.example:443: no connection");
    endpoint_.is_held = true;
    std::vector<std::unique_ptr<http::Login>> logins;
    std::list<Running<Begun>> begun;
    for (int i = 0; i < 20; ++i) {
        logins.push_back(login());
        begun.emplace_back(io_, logins.back()->begin());
    }
    io_.poll();
    endpoint_.let_go();
    for (Running<Begun>& each : begun) {
        run_until(io_, [&each] { return each.done(); });
        EXPECT_EQ(
            each.result().error().text,
            "no token from https://login.example/tenant/oauth2/v2.0/token: "
            "https://login.example:443: no connection"
        );
    }
    EXPECT_EQ(fetches(), 1U);
}

TEST_F(OAuth, WhileTheTokenIsRenewedTheOthersGoOnWithTheOldOne) {
    endpoint_.grant("t1");
    begin();
    pass(minutes(50));
    endpoint_.grant("t2");
    endpoint_.is_held = true;
    const auto first = login();
    Running<Begun> renewing(io_, first->begin());
    io_.restart();
    io_.poll();
    EXPECT_EQ(begin(), "Bearer t1");
    endpoint_.let_go();
    run_until(io_, [&renewing] { return renewing.done(); });
    EXPECT_EQ(renewing.result()->authorization, "Bearer t2");
    EXPECT_EQ(begin(), "Bearer t2");
}

TEST_F(OAuth, WhoeverFetchesMayBeStoppedAndTheNextOneFetches) {
    endpoint_.fail(http::errc::cancelled, "stopped");
    endpoint_.grant("t1");
    endpoint_.is_held = true;
    const auto first = login();
    const auto second = login();
    Running<Begun> stopped(io_, first->begin());
    Running<Begun> other(io_, second->begin());
    io_.poll();
    endpoint_.let_go();
    run_until(io_, [&] { return stopped.done() && other.done(); });
    EXPECT_EQ(stopped.result().error().code, http::errc::cancelled);
    EXPECT_EQ(other.result()->authorization, "Bearer t1");
}

TEST_F(OAuth, WhoeverWaitsIsWokenAlsoWhereTheFetchIsDestroyed) {
    endpoint_.grant("t1");
    endpoint_.is_held = true;
    asio::cancellation_signal stop;
    const auto first = login();
    const auto second = login();
    auto slot = asio::bind_cancellation_slot(stop.slot(), asio::detached);
    asio::co_spawn(io_, first->begin(), std::move(slot));
    io_.poll();
    Running<Begun> other(io_, second->begin());
    io_.restart();
    io_.poll();
    endpoint_.is_held = false;
    stop.emit(asio::cancellation_type::terminal);
    run_until(io_, [&other] { return other.done(); });
    EXPECT_EQ(other.result()->authorization, "Bearer t1");
    EXPECT_EQ(fetches(), 1U);
}

TEST_F(OAuth, WhatIsUnderWayAtTheEndOfTheLoopIsLetGo) {
    auto io = std::make_unique<asio::io_context>();
    Endpoint endpoint(*io);
    endpoint.is_held = true;
    auto oauth = http::OAuth::create(endpoint, with_secret(), clocks());
    ASSERT_TRUE(oauth);
    auto first = (*oauth)->login(http::Target(), {});
    auto second = (*oauth)->login(http::Target(), {});
    asio::co_spawn(*io, first->begin(), asio::detached);
    asio::co_spawn(*io, second->begin(), asio::detached);
    io->poll();
    EXPECT_EQ(endpoint.asked.size(), 0U);
}

TEST_F(OAuth, AnOldTokenServesWhileTheEndpointIsDownAndItIsAskedByTheBackOff) {
    endpoint_.grant("t1", 3600);
    begin();
    pass(seconds(2880));
    for (int i = 0; i < 5; ++i) endpoint_.answer(503, "");
    EXPECT_EQ(begin(), "Bearer t1");  // the one that asked
    EXPECT_EQ(begin(), "Bearer t1");
    EXPECT_EQ(fetches(), 2U);
    std::vector<std::size_t> asked;
    for (const seconds wait : {seconds(1), seconds(2), seconds(5), seconds(15)}) {
        pass(wait - std::chrono::milliseconds(1));
        EXPECT_EQ(begin(), "Bearer t1");
        asked.push_back(fetches());
        pass(std::chrono::milliseconds(1));
        EXPECT_EQ(begin(), "Bearer t1");
    }
    EXPECT_EQ(asked, (std::vector<std::size_t>{2, 3, 4, 5}));
    pass(minutes(1));
    endpoint_.grant("t2");
    EXPECT_EQ(begin(), "Bearer t2");
}

TEST_F(OAuth, AfterASuccessTheBackOffBeginsAnew) {
    for (int i = 0; i < 3; ++i) {
        endpoint_.answer(503, "");
        begin();
        pass(seconds(10));
    }
    endpoint_.grant("t1");
    EXPECT_EQ(begin(), "Bearer t1");
    pass(minutes(70));
    endpoint_.answer(503, "");
    begin();
    pass(seconds(1));
    endpoint_.grant("t2");
    EXPECT_EQ(begin(), "Bearer t2");
}

TEST_F(OAuth, WithoutAValidTokenTheFailureIsToldToEverybody) {
    endpoint_.grant("t1", 3600);
    begin();
    pass(seconds(3599));
    endpoint_.answer(503, "");
    EXPECT_EQ(begin(), "Bearer t1");
    pass(seconds(1));
    endpoint_.answer(503, "");
    const std::string error =
        "error: the token endpoint https://login.example/tenant/oauth2/v2.0/token cannot serve us "
        "just now (HTTP 503)";
    EXPECT_EQ(begin(), error);
    EXPECT_EQ(begin(), error);
    EXPECT_EQ(fetches(), 3U);
}

TEST_F(OAuth, AWaitThatTheEndpointAsksForIsKept) {
    endpoint_.answer(429, "", {{"Retry-After", "100"}});
    begin();
    pass(seconds(109));  // a tenth longer, so that not all return at once
    begin();
    EXPECT_EQ(fetches(), 1U);
    pass(seconds(1));
    endpoint_.grant("t1");
    EXPECT_EQ(begin(), "Bearer t1");
}

TEST_F(OAuth, AWrongSecretIsTriedOnceAMinuteAndNeverShown) {
    const std::string body =
        R"({"error":"invalid_client","error_description":"AADSTS7000215: hunter2"})";
    endpoint_.answer(401, body);
    const std::string error =
        "error: the token endpoint https://login.example/tenant/oauth2/v2.0/token gives no token "
        "to "
        "application app-1 for https://mail.example/.default: the client secret is wrong "
        "(AADSTS7000215); copy its value, not its id, from the app registration into the "
        "configuration";
    EXPECT_EQ(begin(), error);
    pass(seconds(59));
    EXPECT_EQ(begin(), error);
    EXPECT_EQ(fetches(), 1U);
    pass(seconds(1));
    endpoint_.grant("t1");
    EXPECT_EQ(begin(), "Bearer t1");
}

TEST_F(OAuth, ARefusedTokenIsReplacedOnceThenTheRefusalStands) {
    endpoint_.grant("t1");
    endpoint_.grant("t2");
    const auto one = login();
    EXPECT_EQ(begin(*one), "Bearer t1");
    EXPECT_EQ(refused(*one), "Bearer t2");
    EXPECT_EQ(refused(*one), "refused");
    pass(minutes(2));
    EXPECT_EQ(refused(*one), "refused");
    EXPECT_EQ(fetches(), 2U);
}

TEST_F(OAuth, TheTokenOfAnotherLoginIsTakenInsteadOfAThirdOne) {
    endpoint_.grant("t1");
    endpoint_.grant("t2");
    const auto one = login();
    const auto other = login();
    begin(*one);
    begin(*other);
    EXPECT_EQ(refused(*one), "Bearer t2");
    EXPECT_EQ(refused(*other), "Bearer t2");
    EXPECT_EQ(fetches(), 2U);
}

TEST_F(OAuth, RefusalsOfManyLoginsDoNotHammerTheEndpoint) {
    endpoint_.grant("t1");
    endpoint_.grant("t2");
    const auto one = login();
    begin(*one);
    refused(*one);
    for (int i = 0; i < 10; ++i) {
        const auto next = login();
        EXPECT_EQ(begin(*next), "Bearer t2");
        EXPECT_EQ(refused(*next), "refused");
    }
    EXPECT_EQ(fetches(), 2U);
    pass(minutes(1));
    endpoint_.grant("t3");
    const auto last = login();
    begin(*last);
    EXPECT_EQ(refused(*last), "Bearer t3");
}

TEST_F(OAuth, ARefusalIsDoubtedOnceWhereTheSameTokenWasAccepted) {
    endpoint_.grant("t1");
    endpoint_.grant("t2");
    const auto one = login();
    begin(*one);
    EXPECT_FALSE(oauth_->doubts_refusal());
    EXPECT_TRUE(one->accepted({}));
    EXPECT_EQ(refused(*one), "Bearer t2");  // the acceptance was of another token
    EXPECT_FALSE(oauth_->doubts_refusal());
    EXPECT_TRUE(one->accepted({}));
    EXPECT_EQ(refused(*one), "refused");
    EXPECT_TRUE(oauth_->doubts_refusal());
    EXPECT_EQ(begin(), "Bearer t2");
    EXPECT_FALSE(oauth_->doubts_refusal());
    EXPECT_EQ(fetches(), 2U);
}

TEST_F(OAuth, ALoginThatWasAcceptedMayMeetALaterRefusal) {
    endpoint_.grant("t1");
    endpoint_.grant("t2");
    endpoint_.grant("t3");
    const auto one = login();
    begin(*one);
    EXPECT_EQ(refused(*one), "Bearer t2");
    EXPECT_TRUE(one->accepted({}));
    pass(minutes(5));
    EXPECT_EQ(begin(*one), "Bearer t2");
    EXPECT_EQ(refused(*one), "Bearer t3");
}

TEST_F(OAuth, ARefusedTokenIsNotUsedAgainWhereNoOtherCanBeFetched) {
    endpoint_.grant("t1");
    endpoint_.fail(http::errc::timeout, "https://login.example:443: gave up");
    const auto one = login();
    begin(*one);
    const std::string error =
        "error: no token from https://login.example/tenant/oauth2/v2.0/token: "
        "https://login.example:443: gave up";
    EXPECT_EQ(refused(*one), error);
    EXPECT_EQ(begin(), error);
}

TEST_F(OAuth, SettingsThatCannotWorkAreRefusedWithoutShowingTheSecret) {
    EXPECT_EQ(oauth_->account(), "application app-1");
    auto plain = with_secret();
    plain.request.url = "http://login.example/token";
    EXPECT_EQ(
        error_of(plain),
        "http://login.example:80: plain http would send passwords and mail readable for anybody on "
        "the way; use https://"
    );
    plain.request.url = "http://localhost:8080/token";
    EXPECT_EQ(error_of(plain), "");
    auto nobody = with_secret();
    nobody.request.client_id = "";
    EXPECT_EQ(error_of(nobody), "the client id is empty or holds a space or a line break");
    auto anything = with_secret();
    anything.request.scope = "a b";
    EXPECT_EQ(error_of(anything), "the scope is empty or holds a space or a line break");
    auto open = with_secret();
    open.proof = http::ClientSecret{"hunter2\n"};
    EXPECT_EQ(
        error_of(open), "the client secret is empty or holds a space or a line break (at its end?)"
    );
}

std::string described(std::vector<std::string> challenges) {
    http::Response answer{401, {}, ""};
    for (std::string& each : challenges)
        answer.fields.push_back({"www-authenticate", std::move(each)});
    return http::describe_token_refusal(answer);
}

TEST(DescribeTokenRefusal, SaysWhatAServerMeans) {
    EXPECT_EQ(
        described(
            {R"(Negotiate)",
             R"(Bearer client_id="00000002", token_types="app_asserted_user_v1", error="invalid_token",Basic realm="x")"}
        ),
        "the server does not accept the token, though it is new; check that the scope and the "
        "tenant are those of this server, and that the application has the permission "
        "full_access_as_app with admin consent"
    );
    const std::string claims =
        "the server asks for a token with more claims (Conditional Access), which an application "
        "that logs in by itself cannot get; except the application from that policy";
    EXPECT_EQ(
        described({R"(Bearer realm="", error="insufficient_claims", claims="eyJhY2Nlc3MifQ==")"}),
        claims
    );
    EXPECT_EQ(described({R"(Bearer error="invalid_token", claims="eyJhY2Nlc3MifQ==")"}), claims);
    EXPECT_EQ(
        described({R"(Bearer error="insufficient_scope")"}),
        "the token lacks a permission; give the application full_access_as_app of Office 365 "
        "Exchange Online, and grant admin consent"
    );
    EXPECT_EQ(described({}), "");
    EXPECT_EQ(described({"Basic realm=\"x\"", "Bearer", "Bearer error=\""}), "");
}

}  // namespace
