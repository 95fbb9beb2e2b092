#include "http/auth/log_in.hpp"

#include <boost/asio/steady_timer.hpp>
#include <deque>

#include "tests/http/client_fixture.hpp"

namespace {

using namespace testing_http;
using http::Credentials;
using http::errc;
using Next = http::Result<std::optional<Credentials>>;

/// What a login says, in order; the last goes on for ever. What it was shown stands in `heard`.
struct Says {
    std::deque<http::Result<Credentials>> begin{Credentials()};
    std::deque<Next> answer{Next(std::nullopt)};
    http::Result<void> accepted{};
    bool hangs = false;
    std::string heard;
    int logins = 0;
};

template <class T>
T next_of(std::deque<T>& left) {
    T first = left.front();
    if (left.size() > 1) left.pop_front();
    return first;
}

class ScriptedLogin : public http::Login {
public:
    explicit ScriptedLogin(Says& script) : script_(script) {}

    asio::awaitable<http::Result<Credentials>> begin() override {
        if (script_.hangs) {
            const auto executor = co_await asio::this_coro::executor;
            asio::steady_timer never(executor, asio::steady_timer::time_point::max());
            co_await never.async_wait(waited);
        }
        co_return next_of(script_.begin);
    }
    asio::awaitable<Next> answer(std::vector<std::string> challenges) override {
        script_.heard += "refused:";
        for (const std::string& each : challenges) script_.heard += each + ";";
        co_return next_of(script_.answer);
    }
    http::Result<void> accepted(const std::vector<std::string>& challenges) override {
        script_.heard += "accepted:";
        for (const std::string& each : challenges) script_.heard += each + ";";
        return script_.accepted;
    }

private:
    Says& script_;
};

class ScriptedAuthenticator : public http::Authenticator {
public:
    explicit ScriptedAuthenticator(Says& script) : script_(script) {}
    std::unique_ptr<http::Login> login(const http::Target&, std::span<const unsigned char>)
        override {
        ++script_.logins;
        return std::make_unique<ScriptedLogin>(script_);
    }
    std::string account() const override { return "anna"; }

private:
    Says& script_;
};

std::string refusal(const std::string& fields = "WWW-Authenticate: X\r\n") {
    return "HTTP/1.1 401 No\r\n" + fields + "Content-Length: 2\r\n\r\nno";
}

std::string closing_refusal() {
    return refusal("WWW-Authenticate: X\r\nConnection: close\r\n");
}

class LogIn : public ClientFixture {
protected:
    LogIn() {
        http::Options options;
        options.authenticator = std::make_shared<ScriptedAuthenticator>(script);
        make_client(options);
    }

    /// "X 1:question": Authorization and body, request by request.
    std::string asked() const {
        std::string text;
        for (const auto& each : server.requests) {
            if (!text.empty()) text += " | ";
            text += std::string(each["Authorization"]) + ":" + each.body();
        }
        return text;
    }

    Says script;
};

TEST_F(LogIn, CredentialsGoWithTheRequest) {
    script.begin = {Credentials{"X 1", false}};
    server.play({{request(), send(ok("mail"))}});
    EXPECT_EQ(exchange(post())->body, "mail");
    EXPECT_EQ(asked(), "X 1:question");
    EXPECT_EQ(script.heard, "accepted:");
}

TEST_F(LogIn, ARefusalThatHasAnAnswerIsAskedAgainOnTheSameConnection) {
    script.answer = {Next(Credentials{"X 1", true}), Next(Credentials{"X 2", false})};
    const std::string two = "WWW-Authenticate: X a\r\nWWW-Authenticate: Y\r\n";
    const std::string proof =
        "HTTP/1.1 200 OK\r\nWWW-Authenticate: X c\r\nContent-Length: 4\r\n\r\nmail";
    server.play(
        {{request(), send(refusal(two)), request(), send(refusal()), request(), send(proof)}}
    );
    EXPECT_EQ(exchange(post())->body, "mail");
    EXPECT_EQ(asked(), ":question | X 1: | X 2:question");
    EXPECT_EQ(server.requests[1]["Content-Length"], "0");
    EXPECT_EQ(script.heard, "refused:X a;Y;refused:X;accepted:X c;");
}

TEST_F(LogIn, ARefusalWithoutAnAnswerIsTheAnswerAndItsConnectionIsNotKept) {
    server.play({{request(), send(refusal())}, {request(), send(ok("mail"))}});
    const auto refused = exchange(post());
    EXPECT_EQ(refused->status, 401U);
    EXPECT_EQ(refused->body, "no");
    EXPECT_EQ(exchange(post())->body, "mail");
    EXPECT_EQ(server.connections, 2);
    EXPECT_EQ(script.logins, 2);
}

TEST_F(LogIn, AKeptConnectionKeepsItsLogin) {
    server.play({{request(), send(ok("one")), request(), send(ok("two"))}});
    EXPECT_EQ(exchange(post())->body, "one");
    EXPECT_EQ(exchange(post())->body, "two");
    EXPECT_EQ(script.logins, 1);
}

TEST_F(LogIn, ABodyHeldBackFollowsWhenTheServerWantsNoLogin) {
    script.begin = {Credentials{"", true}, Credentials{"", false}};
    server.play(
        {{request(),
          send("HTTP/1.1 400 Empty\r\nContent-Length: 0\r\n\r\n"),
          request(),
          send(ok("mail"))}}
    );
    EXPECT_EQ(exchange(post())->body, "mail");
    EXPECT_EQ(asked(), ": | :question");
}

TEST_F(LogIn, ABodyHeldBackDoesNotFollowWhenTheServerIsBusy) {
    script.begin = {Credentials{"", true}};
    server.play({{request(), send("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"), hang()}});
    EXPECT_EQ(exchange(post())->status, 503U);
    EXPECT_EQ(asked(), ":");
}

TEST_F(LogIn, ARequestWithoutABodyHasNothingToHoldBack) {
    script.begin = {Credentials{"", true}};
    server.play({{request(), send(ok("mail"))}});
    EXPECT_EQ(exchange(get())->body, "mail");
    EXPECT_EQ(server.requests.size(), 1U);
}

TEST_F(LogIn, AConnectionClosedWithTheRefusalIsReplacedOnce) {
    script.answer = {Next(Credentials{"X 1", false})};
    server.play({{request(), send(closing_refusal())}, {request(), send(ok("mail"))}});
    EXPECT_EQ(exchange(post())->body, "mail");
    EXPECT_EQ(script.logins, 2);
}

TEST_F(LogIn, AConnectionClosedWithTheRefusalTwiceIsAnErrorThatSaysWhy) {
    script.answer = {Next(Credentials{"X 1", false})};
    server.play({{request(), send(closing_refusal())}, {request(), send(closing_refusal())}});
    const auto answer = exchange(post());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::protocol);
    EXPECT_NE(answer.error().text.find("does not keep connections"), std::string::npos)
        << answer.error().text;
}

TEST_F(LogIn, AConnectionThatBreaksWhileTheBodyIsHeldBackIsReplaced) {
    script.begin = {Credentials{"X 1", true}, Credentials{"X 2", false}};
    server.play({{request()}, {request(), send(ok("mail"))}});
    EXPECT_EQ(exchange(post())->body, "mail");
    EXPECT_EQ(asked(), "X 1: | X 2:question");
}

TEST_F(LogIn, AConnectionThatBreaksBehindTheBodyIsNot) {
    script.begin = {Credentials{"X 1", false}};
    server.play({{request()}, {request(), send(ok("mail"))}});
    EXPECT_EQ(exchange(post()).error().code, errc::closed);
    EXPECT_EQ(server.connections, 1);
}

TEST_F(LogIn, ALoginWithoutEndIsEnded) {
    script.answer = {Next(Credentials{"X 1", true})};
    testing_http::Script refusals;
    for (int i = 0; i < 20; ++i) refusals.insert(refusals.end(), {request(), send(refusal())});
    server.play({refusals});
    EXPECT_EQ(exchange(post()).error().code, errc::protocol);
    EXPECT_EQ(server.requests.size(), static_cast<std::size_t>(http::max_login_legs));
}

TEST_F(LogIn, WhatGoesWrongInALoginIsTheErrorOfTheRequest) {
    const http::Error away{errc::connect, "no KDC"};
    script.begin = {away};
    server.play(
        {{hang()}, {request(), send(refusal()), hang()}, {request(), send(ok("mail")), hang()}}
    );
    EXPECT_EQ(exchange(post()).error(), away);
    script.begin = {Credentials()};
    script.answer = {Next(away)};
    EXPECT_EQ(exchange(post()).error(), away);
    script.accepted = away;
    EXPECT_EQ(exchange(post()).error(), away);
}

TEST_F(LogIn, ALoginIsWaitedForUntilTheDeadlineOfTheRequest) {
    script.hangs = true;
    server.play({{hang()}});
    http::Request asked = post();
    asked.deadline = std::chrono::milliseconds(200);
    const auto answer = exchange(std::move(asked));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::timeout);
    EXPECT_NE(answer.error().text.find("while logging in"), std::string::npos)
        << answer.error().text;
}

TEST_F(LogIn, ARequestWithCredentialsOfItsOwnGoesAsItIs) {
    script.begin = {Credentials{"X 1", false}};
    server.play({{request(), send(refusal())}});
    http::Request own = post();
    own.fields = {{"authorization", "Bearer mine"}};
    EXPECT_EQ(exchange(std::move(own))->status, 401U);
    EXPECT_EQ(asked(), "Bearer mine:question");
    EXPECT_EQ(script.heard, "");
}

TEST_F(LogIn, AStreamLogsInAndMayOutliveTheClient) {
    script.answer = {Next(Credentials{"X 1", false})};
    server.play({{request(), send(refusal()), request(), send(ok("mail"))}});
    auto stream = run(io, client->open_stream(post()));
    ASSERT_TRUE(stream) << stream.error().text;
    client.reset();
    EXPECT_EQ(run(io, (*stream)->read_some(std::chrono::seconds(10))).value(), "mail");
    EXPECT_EQ(asked(), ":question | X 1:question");
}

TEST_F(LogIn, AStreamWhoseConnectionIsClosedWithTheRefusalGetsANewOne) {
    script.answer = {Next(Credentials{"X 1", false})};
    server.play({{request(), send(closing_refusal())}, {request(), send(ok("mail"))}});
    auto stream = run(io, client->open_stream(post()));
    ASSERT_TRUE(stream) << stream.error().text;
    EXPECT_EQ((*stream)->head().status, 200U);
}

}  // namespace
