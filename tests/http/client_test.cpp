#include "http/client.hpp"

#include <zlib.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "tests/http/client_fixture.hpp"

namespace {

using namespace testing_http;
using http::errc;

std::string gzip(std::string text) {
    z_stream stream{};
    deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(text.data());
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

class Client : public ClientFixture {
protected:
    /// Cancels an exchange once the server has its request.
    errc cancel_while_waiting() {
        server.play({{request(), hang()}});
        asio::cancellation_signal stop;
        std::optional<http::Result<http::Response>> answer;
        const auto done = [&answer](std::exception_ptr, http::Result<http::Response> value) {
            answer.emplace(std::move(value));
        };
        asio::co_spawn(
            io, client->exchange(post()), asio::bind_cancellation_slot(stop.slot(), done)
        );
        run_until(io, [this] { return server.requests.size() == 1; });
        stop.emit(asio::cancellation_type::terminal);
        run_until(io, [&answer] { return answer.has_value(); });
        return answer->error().code;
    }
};

TEST_F(Client, SendsBodyWithItsLengthAndReturnsStatusFieldsAndBody) {
    server.play({{request(), send("HTTP/1.1 500 Oops\r\nX-A: 1\r\nContent-Length: 5\r\n\r\nfault")}}
    );
    http::Request asked = post("<soap/>");
    asked.fields = {{"Content-Type", "text/xml"}, {"X-AnchorMailbox", "a@example.org"}};
    const auto answer = exchange(std::move(asked));
    ASSERT_TRUE(answer) << answer.error().text;
    EXPECT_EQ(answer->status, 500U);
    EXPECT_EQ(answer->field("x-a"), "1");
    EXPECT_EQ(answer->body, "fault");
    ASSERT_EQ(server.requests.size(), 1U);
    const auto& seen = server.requests[0];
    EXPECT_EQ(seen.method_string(), "POST");
    EXPECT_EQ(seen.target(), "/path");
    EXPECT_EQ(seen.body(), "<soap/>");
    EXPECT_EQ(seen["Content-Length"], "7");
    EXPECT_EQ(seen["Content-Type"], "text/xml");
    EXPECT_EQ(seen["X-AnchorMailbox"], "a@example.org");
    EXPECT_TRUE(seen["User-Agent"].starts_with("mailferry/"));
    EXPECT_EQ(seen["Accept-Encoding"], "gzip");
}

TEST_F(Client, AnAnswerThatIsPackedIsUnpackedWithinTheLimit) {
    const std::string packed = gzip(std::string(100'000, 'a'));
    const std::string answer = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " +
                               std::to_string(packed.size()) + "\r\n\r\n" + packed;
    server.play({{request(), send(answer)}, {request(), send(answer)}});
    const auto whole = exchange(post());
    ASSERT_TRUE(whole) << whole.error().text;
    EXPECT_EQ(whole->body, std::string(100'000, 'a'));
    http::Options options;
    options.body_limit = 99'999;
    make_client(options);
    EXPECT_EQ(exchange(post()).error().code, errc::too_large);
}

TEST_F(Client, AnAnswerThatIsPackedOtherwiseIsRefused) {
    server.play({{request(), send("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\nx")}});
    const auto answer = exchange(post());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::protocol);
}

TEST_F(Client, AnEarlyRefusalOfALargeBodyIsTheAnswer) {
    server.play({{
        send("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"),
        gate(),
    }});
    make_client();
    Running answer(io, client->exchange(post(std::string(32U << 20U, 'x'))));
    run_until(io, [this] { return server.connections == 1; });
    server.open_gate();
    run_until(io, [&answer] { return answer.done(); });
    const auto refusal = answer.result();
    ASSERT_TRUE(refusal) << refusal.error().text;
    EXPECT_EQ(refusal->status, 413U);
}

TEST_F(Client, InterimAnswersAreSkipped) {
    server.play({{request(), send("HTTP/1.1 100 Continue\r\n\r\n" + ok("real"))}});
    EXPECT_EQ(exchange(post())->body, "real");
}

TEST_F(Client, InterimAnswersWithoutEndAreRefused) {
    std::string many;
    for (int i = 0; i < 20; ++i) many += "HTTP/1.1 102 Processing\r\n\r\n";
    server.play({{request(), send(many), hang()}});
    EXPECT_EQ(exchange(post()).error().code, errc::protocol);
}

TEST_F(Client, HeadHasNoBodyAndTheConnectionStaysUsable) {
    server.play(
        {{request(),
          send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"),
          request(),
          send(ok("two"))}}
    );
    http::Request head = get();
    head.method = "HEAD";
    EXPECT_EQ(exchange(std::move(head))->body, "");
    EXPECT_EQ(exchange(get())->body, "two");
    EXPECT_EQ(server.connections, 1);
}

TEST_F(Client, ChunkedBodiesAndBodiesUntilTheEndAreRead) {
    server.play({
        {request(),
         send(
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
         ),
         hang()},
        {request(), send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end")},
    });
    EXPECT_EQ(exchange(get())->body, "abcde");
    client.reset();
    EXPECT_EQ(exchange(get())->body, "until the end");
}

TEST_F(Client, ABodyAboveTheLimitIsRefusedByItsLengthAndByItsBytes) {
    server.play({
        {request(), send("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n"), hang()},
        {request(),
         send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nhello world\r\n0\r\n\r\n"),
         hang()},
    });
    http::Options options;
    options.body_limit = 10;
    make_client(options);
    for (int i = 0; i < 2; ++i) {
        const auto answer = exchange(post());
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().code, errc::too_large);
        EXPECT_NE(answer.error().text.find("limit of 10 bytes"), std::string::npos)
            << answer.error().text;
    }
}

TEST_F(Client, AHeadAboveTheLimitIsRefused) {
    const std::string field = "X-Long: " + std::string(http::max_answer_head, 'x');
    server.play({{request(), send("HTTP/1.1 200 OK\r\n" + field + "\r\n\r\n"), hang()}});
    EXPECT_EQ(exchange(post()).error().code, errc::too_large);
}

TEST_F(Client, AnAnswerCutInTheMiddleIsNoAnswer) {
    server.play({{request(), send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart")}});
    const auto answer = exchange(post());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::closed);
    EXPECT_NE(answer.error().text.find("before the answer was complete"), std::string::npos);
}

TEST_F(Client, ATlsAnswerWithoutLengthThatIsCutIsNoAnswer) {
    use_tls();
    server.play({{request(), send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\npart")}});
    EXPECT_EQ(exchange(post()).error().code, errc::closed);
}

TEST_F(Client, SomethingElseThanHttpIsNamed) {
    server.play({{send("SSH-2.0-OpenSSH_9.2\r\n\r\n"), hang()}});
    const auto answer = exchange(post());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::protocol);
}

TEST_F(Client, ASilentServerEndsInATimeoutThatSaysHowLong) {
    server.play({{request(), hang()}});
    http::Request asked = post();
    asked.deadline = std::chrono::milliseconds(200);
    const auto answer = exchange(std::move(asked));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::timeout);
    EXPECT_NE(answer.error().text.find("gave up after 200 ms while"), std::string::npos)
        << answer.error().text;
}

TEST_F(Client, CancellingTheCallerEndsTheExchange) {
    make_client();
    EXPECT_EQ(cancel_while_waiting(), errc::cancelled);
    run_until(io, [this] { return server.gone == 1; });
}

TEST_F(Client, CancellingTheCallerEndsATlsExchange) {
    use_tls();
    EXPECT_EQ(cancel_while_waiting(), errc::cancelled);
    run_until(io, [this] { return server.gone == 1; });
}

TEST_F(Client, PlainHttpToAnotherMachineIsRefused) {
    http::Request asked = post();
    asked.url = "http://192.0.2.1/EWS";
    const auto answer = exchange(std::move(asked));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::bad_url);
    EXPECT_TRUE(answer.error().text.ends_with("use https://")) << answer.error().text;
}

}  // namespace
