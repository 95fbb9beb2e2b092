#include "http/live_stream.hpp"

#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/error.hpp>
#include <utility>

#include "http/limits.hpp"

namespace http {

namespace {

namespace beast_http = boost::beast::http;
using boost::asio::awaitable;
using boost::system::error_code;
using std::chrono::milliseconds;

using BodyParser = beast_http::response_parser<beast_http::buffer_body>;

/// Shared with the read under way, which may outlive the Stream.
struct State {
    State(std::unique_ptr<Connection> opened, HeadParser&& parsed, std::string origin)
        : connection(std::move(opened)),
          head(head_of(parsed.get().result_int(), parsed.get().base())),
          parser(std::move(parsed)),
          server(std::move(origin)) {}

    void end() {
        over = true;
        connection->tcp().close();
    }

    std::unique_ptr<Connection> connection;
    Response head;
    BodyParser parser;
    std::string server;
    bool over = false;    ///< by its end, an error or us
    bool closed = false;  ///< by us
};

Error closed_by_us(const State& state) {
    return {errc::cancelled, state.server + ": the stream was closed by us"};
}

awaitable<Result<std::string>> read_from(std::shared_ptr<State> state, milliseconds silence) {
    if (state->closed) co_return closed_by_us(*state);
    std::string bytes(max_stream_read, '\0');
    while (!state->over && !state->parser.is_done()) {
        auto& body = state->parser.get().body();
        body.data = bytes.data();
        body.size = bytes.size();
        body.more = true;
        const Deadline deadline = deadline_after(silence);
        state->connection->tcp().expires_at(deadline.at);
        error_code ec = co_await state->connection->read_some(state->parser);
        if (state->closed) co_return closed_by_us(*state);
        if (ec == beast_http::error::need_buffer) ec = {};
        const std::size_t size = bytes.size() - state->parser.get().body().size;
        if (size > 0) {
            // An error behind these bytes comes back with the next read.
            bytes.resize(size);
            co_return bytes;
        }
        if (ec) {
            state->end();
            co_return describe(ec, Phase::reading, state->server, deadline);
        }
    }
    state->end();
    co_return std::string();
}

class LiveStream : public Stream {
public:
    explicit LiveStream(std::shared_ptr<State> state) : state_(std::move(state)) {}
    LiveStream(const LiveStream&) = delete;
    LiveStream& operator=(const LiveStream&) = delete;
    ~LiveStream() override { close(); }

    const Response& head() const override { return state_->head; }

    awaitable<Result<std::string>> read_some(milliseconds silence) override {
        return read_from(state_, silence);
    }

    void close() override {
        state_->closed = true;
        state_->end();
    }

private:
    std::shared_ptr<State> state_;
};

}  // namespace

std::unique_ptr<Stream> make_live_stream(
    std::unique_ptr<Connection> connection, HeadParser&& head, const std::string& server
) {
    return std::make_unique<LiveStream>(
        std::make_shared<State>(std::move(connection), std::move(head), server)
    );
}

}  // namespace http
