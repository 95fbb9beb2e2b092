#include "ews/simulator/session.hpp"

#include <boost/beast/http.hpp>

#include <array>

#include "ews/simulator/damage.hpp"
#include "ews/simulator/deliver_bytes.hpp"
#include "ews/simulator/http_answer.hpp"
#include "ews/simulator/limits.hpp"
#include "ews/simulator/stream_session.hpp"

namespace ews::simulator {

namespace {

namespace http = boost::beast::http;
using boost::asio::awaitable;
using Parser = http::request_parser<http::string_body>;

/// The request as far as its head, or all of it.
enum class Part { head, all };

/// What has come of a connection and was not used yet, and the connection.
struct Incoming {
    Wire& wire;
    std::string unused = {};
};

/// False ends the connection: the client is gone, or `error` says what is wrong with what it sent.
awaitable<bool> read(Incoming& in, Parser& parser, Part part, boost::system::error_code& error) {
    const auto is_done = [&] {
        return part == Part::head ? parser.is_header_done() : parser.is_done();
    };
    parser.eager(part == Part::all);
    std::array<char, 16384> chunk;
    while (!is_done()) {
        error = {};
        const auto used = parser.put(boost::asio::buffer(in.unused), error);
        in.unused.erase(0, used);
        if (is_done()) break;
        if (error && error != http::error::need_more) co_return false;
        if (used > 0 && !in.unused.empty()) continue;
        const auto size = co_await in.wire.read(chunk);
        if (size == 0) co_return false;
        in.unused.append(chunk.data(), size);
    }
    error = {};
    co_return true;
}

/// The request that is too large is not read: the connection ends with the answer.
awaitable<void> refuse(Wire& wire, const boost::system::error_code& error) {
    if (error != http::error::body_limit) co_return;
    HttpResponse response{http::status::payload_too_large, 11};
    response.keep_alive(false);
    auto bytes = to_bytes(std::move(response));
    co_await wire.write(std::move(bytes));
}

awaitable<bool> read_request(Incoming& in, Parser& parser) {
    boost::system::error_code error;
    const auto has_head = co_await read(in, parser, Part::head, error);
    if (!has_head) {
        co_await refuse(in.wire, error);
        co_return false;
    }
    const auto expected = parser.get()[http::field::expect];
    if (equal_ignoring_case({expected.data(), expected.size()}, "100-continue")) {
        std::string proceed = "HTTP/1.1 100 Continue\r\n\r\n";
        const auto sent = co_await in.wire.write(std::move(proceed));
        if (!sent) co_return false;
    }
    const auto has_all = co_await read(in, parser, Part::all, error);
    if (!has_all) co_await refuse(in.wire, error);
    co_return has_all;
}

/// Sends the texts of a stream as chunks. Must outlive the stream.
class ChunkWriter {
public:
    ChunkWriter(Wire& wire, const StreamPlan& plan, const std::optional<Fault>& delivery)
        : wire_(wire),
          delivery_(delivery),
          holds_back_(plan.fault && plan.fault->kind == Fault::Kind::buffered) {}

    awaitable<bool> write(std::string text, std::size_t told) {
        // A cut waits for its event, a byte order mark stands before the first envelope only.
        const auto is_cut = is(Fault::Kind::cut);
        const auto is_due = !is_cut || told >= delivery_->events;
        if (!began_ || !is(Fault::Kind::byte_order_mark)) text = spoil(delivery_, std::move(text));
        began_ = true;
        if (holds_back_) {
            held_ += text;
            co_return true;
        }
        const std::optional<Fault> fault = is_due ? delivery_ : std::nullopt;
        const auto sent = co_await deliver_chunks(wire_, std::move(text), fault);
        co_return sent;
    }

    awaitable<bool> finish() {
        if (!held_.empty()) {
            const std::optional<Fault> none;
            const auto sent = co_await deliver_chunks(wire_, std::move(held_), none);
            if (!sent) co_return false;
        }
        std::string last = "0\r\n\r\n";
        const auto sent = co_await wire_.write(std::move(last));
        co_return sent;
    }

private:
    bool is(Fault::Kind kind) const { return delivery_ && delivery_->kind == kind; }

    Wire& wire_;
    const std::optional<Fault>& delivery_;
    bool holds_back_;
    bool began_ = false;
    std::string held_;
};

awaitable<Then> write_stream(
    Wire& wire, const HttpRequest& request, Shared& shared, const Verdict& verdict
) {
    const auto& plan = *verdict.stream;
    auto head = stream_head(request, verdict.delivery);
    const auto began = co_await wire.write(std::move(head));
    if (!began) co_return Then::hang_up;
    ChunkWriter writer(wire, plan, verdict.delivery);
    const SendEnvelope send = [&writer](std::string text, std::size_t told) {
        return writer.write(std::move(text), told);
    };
    const auto end = co_await stream_events(shared, plan, send);
    if (end == StreamEnd::silent) co_await wait_until_gone(wire);
    if (end != StreamEnd::closed) co_return Then::hang_up;
    const auto finished = co_await writer.finish();
    if (!finished) co_return Then::hang_up;
    const auto is_last = verdict.delivery && verdict.delivery->kind == Fault::Kind::close_after;
    co_return request.keep_alive() && !is_last ? Then::go_on : Then::goodbye;
}

awaitable<Then> write_answer(Wire& wire, Shared& shared, Verdict& verdict) {
    const auto latency = shared.latency;
    co_await pause(latency);
    const auto keep_alive = verdict.response.keep_alive();
    auto bytes = to_bytes(std::move(verdict.response));
    const auto& fault = verdict.delivery;
    const auto then = co_await deliver_bytes(wire, std::move(bytes), fault);
    co_return then == Then::go_on && !keep_alive ? Then::goodbye : then;
}

/// One request and its answer.
awaitable<Then> serve_one(Incoming& in, Shared& shared, Visitor& visitor) {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(limits::request_header_bytes));
    parser.body_limit(limits::request_bytes);
    const auto complete = co_await read_request(in, parser);
    if (!complete) co_return Then::goodbye;
    const auto& request = parser.get();
    auto verdict = decide(request, shared, visitor);
    if (verdict.silent) co_await wait_until_gone(in.wire);
    if (verdict.drop || verdict.silent) co_return Then::goodbye;
    auto then = Then::go_on;
    if (verdict.stream)
        then = co_await write_stream(in.wire, request, shared, verdict);
    else
        then = co_await write_answer(in.wire, shared, verdict);
    co_return then;
}

}  // namespace

awaitable<void> serve(Wire wire, Shared& shared) {
    const auto agreed = co_await wire.accept();
    if (!agreed) co_return;
    Incoming in{wire};
    Visitor visitor;
    auto then = Then::go_on;
    while (then == Then::go_on) then = co_await serve_one(in, shared, visitor);
    if (then == Then::goodbye) co_await wire.close();
}

}  // namespace ews::simulator
