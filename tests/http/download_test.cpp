#include "http/download.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>
#include <vector>

#include "tests/http/client_fixture.hpp"

namespace {

using namespace testing_http;
using http::errc;

std::string packed_by_gzip(std::string text) {
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

std::string answer_with(
    const std::string& body, const std::string& fields = "", const char* status = "200 OK"
) {
    return std::string("HTTP/1.1 ") + status + "\r\n" + fields +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// Not the same anywhere, so that a piece that is missing or doubled shows.
std::string numbers(std::size_t bytes) {
    std::string text;
    for (int i = 0; text.size() < bytes; ++i) text += std::to_string(i) + " ";
    text.resize(bytes);
    return text;
}

class Download : public ClientFixture {
protected:
    http::Result<http::Response> download(http::Request asked) {
        if (!client) make_client();
        http::TakeBody take = [this](std::string_view bytes) {
            taken += bytes;
            largest = std::max(largest, bytes.size());
            return taken.size() <= wanted;
        };
        return run(io, client->download(std::move(asked), std::move(take)));
    }

    std::string taken;
    std::size_t largest = 0, wanted = std::string::npos;
};

TEST_F(Download, TheBodyComesInPiecesAndTheConnectionIsUsedAgain) {
    const std::string body = numbers(1'000'000);
    server.play(
        {{request(),
          send(answer_with(body, "X-Server: a\r\n")),
          request(),
          send(answer_with("next"))}}
    );
    const auto answer = download(post());
    ASSERT_TRUE(answer) << answer.error().text;
    EXPECT_EQ(answer->status, 200U);
    EXPECT_EQ(answer->field("X-Server"), "a");
    EXPECT_EQ(answer->body, "");
    EXPECT_TRUE(taken == body);
    EXPECT_LE(largest, http::max_stream_read);
    EXPECT_EQ(exchange(get()).value().body, "next");
}

TEST_F(Download, ChunksOfTheServerDoNotShow) {
    server.play(
        {{request(),
          send("HTTP/1.1 200 OK\r\nTransfer-Encoding: "
               "chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")}}
    );
    ASSERT_TRUE(download(post()));
    EXPECT_EQ(taken, "abcde");
}

TEST_F(Download, AnEmptyBodyIsTakenAsNone) {
    server.play({{request(), send(answer_with(""))}});
    ASSERT_TRUE(download(post()));
    EXPECT_EQ(taken, "");
}

TEST_F(Download, WhatIsPackedIsUnpackedOnTheWay) {
    const std::string body = numbers(3'000'000);
    server.play({{request(), send(answer_with(packed_by_gzip(body), "Content-Encoding: gzip\r\n"))}}
    );
    const auto answer = download(post());
    ASSERT_TRUE(answer) << answer.error().text;
    EXPECT_TRUE(taken == body);
}

TEST_F(Download, PackedDataThatIsCutIsAnError) {
    std::string packed = packed_by_gzip(numbers(100'000));
    packed.resize(packed.size() / 2);
    server.play({{request(), send(answer_with(packed, "Content-Encoding: gzip\r\n"))}});
    const auto answer = download(post());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::closed);
}

TEST_F(Download, TheLimitHoldsForWhatComesAndForWhatIsUnpacked) {
    http::Options options;
    options.body_limit = 99'999;
    make_client(options);
    server.play({{request(), send(answer_with(std::string(100'000, 'a')))}});
    EXPECT_EQ(download(post()).error().code, errc::too_large);
    const std::string packed = packed_by_gzip(std::string(100'000, 'a'));
    server.play({{request(), send(answer_with(packed, "Content-Encoding: gzip\r\n"))}});
    EXPECT_EQ(download(post()).error().code, errc::too_large);
    EXPECT_LE(taken.size(), 2U * 99'999);
}

TEST_F(Download, WhatIsPackedOtherwiseIsRefused) {
    server.play({{request(), send(answer_with("x", "Content-Encoding: br\r\n"))}});
    EXPECT_EQ(download(post()).error().code, errc::protocol);
    EXPECT_EQ(taken, "");
}

TEST_F(Download, OtherAnswersThanASuccessAreReadAsEver) {
    server.play({{request(), send(answer_with("a fault", "", "500 Internal Server Error"))}});
    const auto answer = download(post());
    ASSERT_TRUE(answer) << answer.error().text;
    EXPECT_EQ(answer->status, 500U);
    EXPECT_EQ(answer->body, "a fault");
    EXPECT_EQ(taken, "");
}

TEST_F(Download, WhoWantsNoMoreGetsNoMore) {
    wanted = 100'000;
    server.play({{request(), send(answer_with(numbers(1'000'000)))}});
    const auto answer = download(post());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::cancelled);
    EXPECT_LE(taken.size(), wanted + http::max_stream_read);
}

TEST_F(Download, AnAnswerThatIsCutIsAnError) {
    server.play({{request(), send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")}});
    const auto answer = download(post());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::closed);
    EXPECT_EQ(taken, "abc");
}

TEST_F(Download, TheDeadlineCountsFromTheLastByte) {
    server.play({{request(), send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), hang()}});
    http::Request asked = post();
    asked.deadline = std::chrono::milliseconds(50);
    EXPECT_EQ(download(asked).error().code, errc::timeout);
    EXPECT_EQ(taken, "abc");
}

TEST_F(Download, AServerThatLetsItsAnswerDripIsNotWaitedForWithoutEnd) {
    constexpr int drops = 40;
    Script script{
        request(), send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(drops) + "\r\n\r\n")};
    for (int i = 0; i < drops; ++i) {
        script.push_back(gate());
        script.push_back(send("a"));
    }
    server.play({script});
    auto drip = [this]() -> asio::awaitable<void> {
        for (int i = 0; i < drops; ++i) {
            asio::steady_timer timer(io, std::chrono::milliseconds(10));
            co_await timer.async_wait(waited);
            server.open_gate();
        }
    };
    asio::co_spawn(io, drip(), asio::detached);
    http::Request asked = post();
    asked.deadline = std::chrono::milliseconds(100);
    const auto answer = download(asked);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, errc::timeout);
    EXPECT_LT(taken.size(), 20U);
}

TEST_F(Download, WorksOverTls) {
    use_tls();
    const std::string body = numbers(300'000);
    server.play({{request(), send(answer_with(body))}});
    const auto answer = download(post());
    ASSERT_TRUE(answer) << answer.error().text;
    EXPECT_TRUE(taken == body);
}

}  // namespace
