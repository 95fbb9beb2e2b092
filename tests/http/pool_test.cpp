#include "http/pool.hpp"

#include "tests/http/client_fixture.hpp"

namespace {

using namespace testing_http;
using http::errc;

class Pool : public ClientFixture {};

TEST_F(Pool, TwoRequestsUseOneConnection) {
    server.play({{request(), send(ok("one")), request(), send(ok("two"))}});
    EXPECT_EQ(exchange(post())->body, "one");
    EXPECT_EQ(exchange(post())->body, "two");
    EXPECT_EQ(server.connections, 1);
}

TEST_F(Pool, TwoRequestsUseOneTlsConnection) {
    use_tls();
    server.play({{request(), send(ok("one")), request(), send(ok("two"))}});
    EXPECT_EQ(exchange(post())->body, "one");
    EXPECT_EQ(exchange(post())->body, "two");
    EXPECT_EQ(server.connections, 1);
}

TEST_F(Pool, ConnectionCloseIsObeyed) {
    server.play({
        {request(),
         send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\na"),
         hang()},
        {request(), send(ok("b"))},
    });
    EXPECT_EQ(exchange(post())->body, "a");
    EXPECT_EQ(exchange(post())->body, "b");
    EXPECT_EQ(server.connections, 2);
}

TEST_F(Pool, AKeptConnectionClosedByTheServerIsReplacedBeforeAnythingIsSent) {
    server.play({{request(), send(ok("one"))}, {request(), send(ok("two"))}});
    EXPECT_EQ(exchange(post())->body, "one");
    run_until(io, [this] { return server.ended == 1; });
    const auto answer = exchange(post());
    ASSERT_TRUE(answer) << answer.error().text;
    EXPECT_EQ(answer->body, "two");
    EXPECT_EQ(server.requests.size(), 2U);
}

TEST_F(Pool, ARepeatableRequestIsSentAgainWhenTheKeptConnectionBreaks) {
    server.play({{request(), send(ok("one")), request()}, {request(), send(ok("two"))}});
    EXPECT_EQ(exchange(post())->body, "one");
    http::Request reading = post();
    reading.repeatable = true;
    const auto answer = exchange(std::move(reading));
    ASSERT_TRUE(answer) << answer.error().text;
    EXPECT_EQ(answer->body, "two");
    EXPECT_EQ(server.requests.size(), 3U);
}

TEST_F(Pool, OtherRequestsAreNotSentTwice) {
    server.play({{request(), send(ok("one")), request()}, {request(), send(ok("two"))}});
    EXPECT_EQ(exchange(post())->body, "one");
    const auto answer = exchange(post());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::closed);
    EXPECT_EQ(server.requests.size(), 2U);
    EXPECT_EQ(server.connections, 1);
}

TEST_F(Pool, AfterSuchALossOtherRequestsGoOnNewConnections) {
    const Script closes_behind{request(), send(ok("x")), request()};
    server.play({closes_behind, closes_behind, closes_behind, closes_behind});
    EXPECT_EQ(exchange(post())->body, "x");
    EXPECT_EQ(exchange(post()).error().code, errc::closed);
    EXPECT_EQ(exchange(post())->body, "x");
    EXPECT_EQ(exchange(post())->body, "x");
    EXPECT_EQ(server.connections, 3);
    http::Request reading = post();
    reading.repeatable = true;
    EXPECT_EQ(exchange(std::move(reading))->body, "x");
    EXPECT_EQ(server.connections, 4);
}

TEST_F(Pool, TheLossOfARepeatableRequestIsAWarningForTheOthers) {
    const Script closes_behind{request(), send(ok("x")), request()};
    server.play({closes_behind, closes_behind, closes_behind});
    EXPECT_EQ(exchange(post())->body, "x");
    http::Request reading = post();
    reading.repeatable = true;
    EXPECT_EQ(exchange(std::move(reading))->body, "x");
    EXPECT_EQ(exchange(post())->body, "x");
    EXPECT_EQ(server.connections, 3);
}

TEST_F(Pool, ANewConnectionThatBreaksIsNotTriedAgain) {
    server.play({{request()}, {request(), send(ok("never"))}});
    http::Request reading = post();
    reading.repeatable = true;
    const auto answer = exchange(std::move(reading));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::closed);
    EXPECT_EQ(server.connections, 1);
}

TEST_F(Pool, AConnectionThatCarriedALargeRequestIsNotUsedAgain) {
    server.play({{request(), send(ok("one")), hang()}, {request(), send(ok("two"))}});
    EXPECT_EQ(exchange(post(std::string(http::max_reusable_request + 1, 'x')))->body, "one");
    EXPECT_EQ(exchange(post())->body, "two");
    EXPECT_EQ(server.connections, 2);
}

TEST_F(Pool, BytesBehindAnAnswerMakeTheConnectionUseless) {
    server.play({{request(), send(ok("one") + "junk"), hang()}, {request(), send(ok("two"))}});
    EXPECT_EQ(exchange(post())->body, "one");
    EXPECT_EQ(exchange(post())->body, "two");
    EXPECT_EQ(server.connections, 2);
}

TEST_F(Pool, TwoRequestsAtOnceUseTwoConnectionsAndBothAreKept) {
    const Script serves_two{request(), gate(), send(ok("x")), request(), send(ok("y"))};
    server.play({serves_two, serves_two});
    make_client();
    Running first(io, client->exchange(post()));
    Running second(io, client->exchange(post()));
    run_until(io, [this] { return server.requests.size() == 2; });
    server.open_gate();
    server.open_gate();
    run_until(io, [&] { return first.done() && second.done(); });
    EXPECT_EQ(first.result()->body, "x");
    EXPECT_EQ(second.result()->body, "x");
    EXPECT_EQ(exchange(post())->body, "y");
    EXPECT_EQ(server.connections, 2);
}

TEST_F(Pool, AKeptTlsConnectionClosedByTheServerIsReplaced) {
    use_tls();
    server.play({{request(), send(ok("one"))}, {request(), send(ok("two"))}});
    EXPECT_EQ(exchange(post())->body, "one");
    run_until(io, [this] { return server.ended == 1; });
    const auto answer = exchange(post());
    ASSERT_TRUE(answer) << answer.error().text;
    EXPECT_EQ(answer->body, "two");
}

}  // namespace
