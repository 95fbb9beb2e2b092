#include "http/auth/basic.hpp"

#include "tests/http/client_fixture.hpp"

namespace {

using namespace testing_http;
using http::basic_authorization;

std::string value(std::string_view user, std::string_view password) {
    const auto field = basic_authorization(user, password);
    EXPECT_TRUE(field);
    EXPECT_EQ(field->name, "Authorization");
    return field->value;
}

TEST(Basic, TheExamplesOfTheRfc) {
    EXPECT_EQ(value("Aladdin", "open sesame"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    EXPECT_EQ(value("test", "123\xc2\xa3"), "Basic dGVzdDoxMjPCow==");
}

TEST(Basic, EmptyPartsAndEveryPaddingWork) {
    EXPECT_EQ(value("", ""), "Basic Og==");
    EXPECT_EQ(value("a", "b"), "Basic YTpi");
    EXPECT_EQ(value("DOM\\a", "p:w"), "Basic RE9NXGE6cDp3");
}

TEST(Basic, WhatTheSchemeCannotCarryIsRefusedWithoutRepeatingIt) {
    for (const auto& field :
         {basic_authorization("a:b", "hunter2"), basic_authorization("a", "hunter2\n")}) {
        ASSERT_FALSE(field);
        EXPECT_EQ(field.error().code, http::errc::bad_url);
        EXPECT_EQ(field.error().text.find("hunter2"), std::string::npos);
    }
}

std::string no() {
    return "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n";
}

class BasicLogin : public ClientFixture {
protected:
    BasicLogin() {
        http::Options options;
        options.authenticator = http::basic_authenticator("anna", "geheim").value();
        make_client(options);
    }
};

TEST_F(BasicLogin, GoesWithEveryRequestUnasked) {
    server.play({{request(), send(ok("one")), request(), send(ok("two"))}});
    EXPECT_EQ(exchange(post())->body, "one");
    EXPECT_EQ(exchange(post())->body, "two");
    ASSERT_EQ(server.requests.size(), 2U);
    for (const auto& each : server.requests) {
        EXPECT_EQ(each["Authorization"], value("anna", "geheim"));
        EXPECT_EQ(each.body(), "question");
    }
}

TEST_F(BasicLogin, ARefusalIsTheAnswer) {
    server.play({{request(), send(no())}});
    EXPECT_EQ(exchange(post())->status, 401U);
    EXPECT_EQ(server.requests.size(), 1U);
}

TEST_F(BasicLogin, ARefusalAfterAnAcceptanceIsTriedOnceMoreOnANewConnection) {
    server.play(
        {{request(), send(ok("one")), request(), send(no()), hang()},
         {request(), send(ok("two")), request(), send(no()), hang()},
         {request(), send(ok("three"))}}
    );
    EXPECT_EQ(exchange(post())->body, "one");
    EXPECT_EQ(exchange(post())->body, "two");
    EXPECT_EQ(exchange(post())->body, "three");
    EXPECT_EQ(server.connections, 3);
    EXPECT_EQ(server.requests.back().body(), "question");
}

TEST_F(BasicLogin, APasswordThatHasBecomeWrongIsTriedOnceMoreAndNotAgainAndAgain) {
    server.play(
        {{request(), send(ok("one")), request(), send(no())},
         {request(), send(no())},
         {request(), send(no())},
         {request(), send(no())}}
    );
    EXPECT_EQ(exchange(post())->body, "one");
    EXPECT_EQ(exchange(post())->status, 401U);
    EXPECT_EQ(server.requests.size(), 3U);
    EXPECT_EQ(exchange(post())->status, 401U);
    EXPECT_EQ(exchange(post())->status, 401U);
    EXPECT_EQ(server.requests.size(), 5U);
}

TEST_F(BasicLogin, AnErrorOfTheServerIsNoAcceptance) {
    server.play(
        {{request(), send("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"), request(), send(no())}}
    );
    EXPECT_EQ(exchange(post())->status, 503U);
    EXPECT_EQ(exchange(post())->status, 401U);
    EXPECT_EQ(server.requests.size(), 2U);
}

TEST_F(BasicLogin, ARequestWithCredentialsOfItsOwnIsNotTriedAgain) {
    server.play({{request(), send(ok("one")), request(), send(no())}});
    EXPECT_EQ(exchange(post())->body, "one");
    http::Request own = post();
    own.fields.push_back({"Authorization", "Bearer of-its-own"});
    EXPECT_EQ(exchange(std::move(own))->status, 401U);
    EXPECT_EQ(server.requests.size(), 2U);
}

TEST_F(BasicLogin, AStreamThatIsRefusedAfterAnAcceptanceIsOpenedOnceMore) {
    server.play(
        {{request(), send(ok("one")), hang()},
         {request(), send(no())},
         {request(), send(ok("events"))},
         {request(), send(no())},
         {request(), send(no())}}
    );
    EXPECT_EQ(exchange(post())->body, "one");
    const auto stream = run(io, client->open_stream(post()));
    ASSERT_TRUE(stream);
    EXPECT_EQ((*stream)->head().status, 200U);
    const auto refused = run(io, client->open_stream(post()));
    ASSERT_TRUE(refused);
    EXPECT_EQ((*refused)->head().status, 401U);
}

TEST_F(BasicLogin, WhereBasicIsNotOfferedThePasswordIsNotCalledWrong) {
    const std::string head = "HTTP/1.1 401 No\r\n", end = "Content-Length: 0\r\n\r\n";
    server.play(
        {{request(),
          send(head + "WWW-Authenticate: Negotiate\r\nWWW-Authenticate: NTLM\r\n" + end)},
         {request(), send(head + "WWW-Authenticate: NTLM\r\nWWW-Authenticate: Basic\r\n" + end)}}
    );
    const auto refused = exchange(post());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, http::errc::bad_url);
    EXPECT_NE(
        refused.error().text.find(
            ": it offers to log in by Negotiate and NTLM, but not by Basic. Configure that way to "
            "log in: login=\"negotiate\""
        ),
        std::string::npos
    ) << refused.error().text;
    EXPECT_EQ(exchange(post())->status, 401U);
}

TEST_F(BasicLogin, SaysWhoLogsInAndRefusesWhatTheSchemeCannotCarry) {
    EXPECT_EQ(http::basic_authenticator("anna", "geheim").value()->account(), "anna");
    EXPECT_EQ(http::basic_authenticator("a:b", "geheim").error().code, http::errc::bad_url);
}

}  // namespace
