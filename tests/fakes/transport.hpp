// A Transport that answers from a script and remembers what was asked. Separate because ews/ and
// crm/ tests both use it; nothing here touches a socket.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "http/transport.hpp"

namespace fakes {

/// Chunks are handed out one a read; after the last one `then` is the answer of every further read
/// (by default the end of the stream).
struct StreamScript {
    http::Response head{200, {}, ""};
    std::deque<std::string> chunks;
    http::Result<std::string> then = std::string();
};

class Stream : public http::Stream {
public:
    explicit Stream(StreamScript script) : script_(std::move(script)) {}

    const http::Response& head() const override { return script_.head; }

    boost::asio::awaitable<http::Result<std::string>> read_some(std::chrono::milliseconds
    ) override {
        if (closed_) co_return http::Error{http::errc::cancelled, "closed by us"};
        if (script_.chunks.empty()) co_return script_.then;
        std::string chunk = std::move(script_.chunks.front());
        script_.chunks.pop_front();
        co_return chunk;
    }

    void close() override { closed_ = true; }

private:
    StreamScript script_;
    bool closed_ = false;
};

/// Each exchange takes the next of `responses`, each open_stream the next of `streams`; `asked`
/// holds the requests of both in order. An exhausted script answers errc::closed with a text that
/// says so.
class Transport : public http::Transport {
public:
    std::deque<http::Result<http::Response>> responses;
    std::deque<http::Result<StreamScript>> streams;
    std::vector<http::Request> asked;

    void answer(unsigned status, std::string body, std::vector<http::Field> fields = {}) {
        responses.emplace_back(http::Response{status, std::move(fields), std::move(body)});
    }

    void fail(http::errc code, std::string text) {
        responses.emplace_back(http::Error{code, std::move(text)});
    }

    boost::asio::awaitable<http::Result<http::Response>> exchange(http::Request request) override {
        asked.push_back(std::move(request));
        if (responses.empty()) co_return exhausted();
        http::Result<http::Response> next = std::move(responses.front());
        responses.pop_front();
        co_return next;
    }

    boost::asio::awaitable<http::Result<std::unique_ptr<http::Stream>>> open_stream(
        http::Request request
    ) override {
        asked.push_back(std::move(request));
        if (streams.empty()) co_return exhausted();
        http::Result<StreamScript> next = std::move(streams.front());
        streams.pop_front();
        if (!next) co_return next.error();
        std::unique_ptr<http::Stream> stream = std::make_unique<Stream>(std::move(*next));
        co_return stream;
    }

private:
    static http::Error exhausted() {
        return {http::errc::closed, "the script of the fake transport has no further answer"};
    }
};

}  // namespace fakes
