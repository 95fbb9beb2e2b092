#include "http/live_stream.hpp"

#include "tests/http/client_fixture.hpp"

namespace {

using namespace testing_http;
using http::errc;
using Read = http::Result<std::string>;

constexpr std::chrono::milliseconds patient{60'000};
const std::string chunked_head =
    "HTTP/1.1 200 OK\r\nX-NoBuffering: 1\r\nTransfer-Encoding: chunked\r\n\r\n";

class LiveStream : public ClientFixture {
protected:
    http::Result<std::unique_ptr<http::Stream>> open() {
        if (!client) make_client();
        return run(io, client->open_stream(post()));
    }

    Read read(http::Stream& stream, std::chrono::milliseconds silence = patient) {
        return run(io, stream.read_some(silence));
    }

    /// Starts a read that finds nothing to read.
    void start_reading(http::Stream& stream) {
        asio::co_spawn(io, stream.read_some(patient), [this](std::exception_ptr, Read value) {
            pending.emplace(std::move(value));
        });
        io.restart();
        io.poll();
        ASSERT_FALSE(pending);
    }

    std::optional<Read> pending;
};

TEST_F(LiveStream, BytesAreHandedOutOneByOneAsTheyCome) {
    server.play({{
        request(),
        send(chunked_head + "1\r\na\r\n"),
        gate(),
        send("1\r\n"),
        gate(),
        send("b\r\n"),
        gate(),
        send("0\r\n\r\n"),
        hang(),
    }});
    auto stream = open();
    ASSERT_TRUE(stream) << stream.error().text;
    EXPECT_EQ((*stream)->head().status, 200U);
    EXPECT_EQ((*stream)->head().field("x-nobuffering"), "1");
    EXPECT_EQ(*read(**stream), "a");
    server.open_gate();
    server.open_gate();
    EXPECT_EQ(*read(**stream), "b");
    server.open_gate();
    EXPECT_EQ(*read(**stream), "");
    EXPECT_EQ(*read(**stream), "");
}

TEST_F(LiveStream, WorksOverTlsToo) {
    use_tls();
    server.play(
        {{request(),
          send(chunked_head + "1\r\na\r\n"),
          gate(),
          send("1\r\nb\r\n0\r\n\r\n"),
          hang()}}
    );
    auto stream = open();
    ASSERT_TRUE(stream) << stream.error().text;
    EXPECT_EQ(*read(**stream), "a");
    server.open_gate();
    EXPECT_EQ(*read(**stream), "b");
    EXPECT_EQ(*read(**stream), "");
}

TEST_F(LiveStream, MoreThanOneReadIsNeededForALargeChunk) {
    const std::string large(3 * http::max_stream_read, 'x');
    server.play(
        {{request(), send("HTTP/1.1 200 OK\r\nContent-Length: 196608\r\n\r\n" + large), hang()}}
    );
    auto stream = open();
    ASSERT_TRUE(stream) << stream.error().text;
    std::string all;
    for (Read part = read(**stream); !part->empty(); part = read(**stream)) {
        EXPECT_LE(part->size(), http::max_stream_read);
        all += *part;
    }
    EXPECT_EQ(all, large);
}

TEST_F(LiveStream, ARefusalIsAHeadLikeOthers) {
    server.play({{request(), send("HTTP/1.1 401 No\r\nContent-Length: 4\r\n\r\ngone"), hang()}});
    auto stream = open();
    ASSERT_TRUE(stream) << stream.error().text;
    EXPECT_EQ((*stream)->head().status, 401U);
    EXPECT_EQ(*read(**stream), "gone");
    EXPECT_EQ(*read(**stream), "");
}

TEST_F(LiveStream, HasAConnectionOfItsOwn) {
    server.play({{request(), send(ok("plain")), hang()}, {request(), send(chunked_head), hang()}});
    EXPECT_EQ(exchange(post())->body, "plain");
    auto stream = open();
    ASSERT_TRUE(stream) << stream.error().text;
    EXPECT_EQ(server.connections, 2);
}

TEST_F(LiveStream, ACutStreamIsAnErrorAfterItsLastBytes) {
    server.play({{request(), send(chunked_head + "4\r\npart\r\n")}});
    auto stream = open();
    ASSERT_TRUE(stream) << stream.error().text;
    EXPECT_EQ(*read(**stream), "part");
    const Read end = read(**stream);
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().code, errc::closed);
}

TEST_F(LiveStream, SilenceEndsInATimeout) {
    server.play({{request(), send(chunked_head), hang()}});
    auto stream = open();
    ASSERT_TRUE(stream) << stream.error().text;
    const Read end = read(**stream, std::chrono::milliseconds(20));
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().code, errc::timeout);
    EXPECT_NE(end.error().text.find("gave up after 20 ms"), std::string::npos) << end.error().text;
    run_until(io, [this] { return server.gone == 1; });
}

TEST_F(LiveStream, AHeadThatNeverComesEndsInATimeout) {
    server.play({{request(), hang()}});
    make_client();
    http::Request asked = post();
    asked.deadline = std::chrono::milliseconds(200);
    const auto stream = run(io, client->open_stream(std::move(asked)));
    ASSERT_FALSE(stream);
    EXPECT_EQ(stream.error().code, errc::timeout);
}

TEST_F(LiveStream, CloseEndsAReadUnderWay) {
    server.play({{request(), send(chunked_head), hang()}});
    auto stream = open();
    ASSERT_TRUE(stream) << stream.error().text;
    start_reading(**stream);
    (*stream)->close();
    run_until(io, [this] { return pending.has_value(); });
    EXPECT_EQ(pending->error().code, errc::cancelled);
    EXPECT_EQ(read(**stream).error().code, errc::cancelled);
    run_until(io, [this] { return server.gone == 1; });
}

TEST_F(LiveStream, CloseEndsATlsReadUnderWay) {
    use_tls();
    server.play({{request(), send(chunked_head), hang()}});
    auto stream = open();
    ASSERT_TRUE(stream) << stream.error().text;
    start_reading(**stream);
    (*stream)->close();
    run_until(io, [this] { return pending.has_value(); });
    EXPECT_EQ(pending->error().code, errc::cancelled);
}

TEST_F(LiveStream, DestructionEndsAReadUnderWay) {
    server.play({{request(), send(chunked_head), hang()}});
    auto stream = open();
    ASSERT_TRUE(stream) << stream.error().text;
    start_reading(**stream);
    stream->reset();
    run_until(io, [this] { return pending.has_value(); });
    EXPECT_EQ(pending->error().code, errc::cancelled);
}

TEST_F(LiveStream, OutlivesItsClient) {
    use_tls();
    server.play({{request(), send(chunked_head), gate(), send("1\r\na\r\n"), hang()}});
    auto stream = open();
    ASSERT_TRUE(stream) << stream.error().text;
    client.reset();
    server.open_gate();
    EXPECT_EQ(*read(**stream), "a");
}

}  // namespace
