#include "http/download.hpp"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/error.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "http/gunzip.hpp"

namespace http {

namespace {

namespace beast_http = boost::beast::http;
using boost::system::error_code;
using Moment = std::chrono::steady_clock::time_point;
using PieceParser = beast_http::response_parser<beast_http::buffer_body>;

/// Packed bytes that are unpacked at once: what comes out is a thousand times as much at most.
constexpr std::size_t packed_step = 4U << 10U;

/// Between the wire and who takes the body.
class Handing {
public:
    Handing(const Call& call, bool packed, std::size_t limit) : call_(call) {
        if (packed) unpacking_.emplace(limit, call.target.origin());
    }

    Result<void> give(std::string_view bytes) {
        if (!unpacking_) return hand_over(bytes);
        for (std::size_t at = 0; at < bytes.size(); at += packed_step) {
            const Result<std::string> plain = unpacking_->feed(bytes.substr(at, packed_step));
            if (!plain) return plain.error();
            const Result<void> given = hand_over(*plain);
            if (!given) return given;
        }
        return {};
    }

    Result<void> end() const {
        if (!unpacking_) return {};
        return unpacking_->end();
    }

private:
    Result<void> hand_over(std::string_view bytes) const {
        if (bytes.empty() || call_.take(bytes)) return {};
        return not_wanted(call_.target.origin());
    }

    const Call& call_;
    std::optional<Gunzip> unpacking_;
};

/// For a server that lets its answer drip.
Deadline end_of_patience(
    Moment begun, std::chrono::milliseconds length, std::size_t received
) {
    const auto earned = std::chrono::milliseconds(received / (least_download_rate / 1000));
    return {begun + length + earned, length + earned};
}

Error reading_failed(
    const error_code& ec, const Call& call, const Deadline& deadline, std::size_t limit
) {
    const std::string server = call.target.origin();
    return is_body_limit(ec) ? too_large(server, limit)
                             : describe(ec, Phase::reading, server, deadline);
}

}  // namespace

Result<bool> is_packed(const Response& head, const std::string& server) {
    const std::string_view coding = head.field("Content-Encoding");
    if (coding.empty() || boost::beast::iequals(coding, "identity")) return false;
    if (boost::beast::iequals(coding, "gzip") || boost::beast::iequals(coding, "x-gzip"))
        return true;
    return Error{
        errc::protocol, server + ": the answer is packed in a way that we have not offered"};
}

boost::asio::awaitable<Downloaded> download_rest(
    Connection& connection, HeadParser& head, const Call& call, std::size_t limit
) {
    Response response = head_of(head.get().result_int(), head.get().base());
    const Result<bool> packed = is_packed(response, call.target.origin());
    if (!packed) co_return Downloaded{packed.error()};
    PieceParser parser(std::move(head));
    Handing handing(call, *packed, limit);
    std::string bytes(max_stream_read, '\0');
    const Moment begun = std::chrono::steady_clock::now();
    std::size_t received = 0;
    connection.buffer.reserve(max_stream_read);  // else it reads half a kilobyte at a time
    while (!parser.is_done()) {
        auto& body = parser.get().body();
        body.data = bytes.data();
        body.size = bytes.size();
        body.more = true;
        const Deadline silence = deadline_after(call.deadline.length);
        const Deadline slowness = end_of_patience(begun, call.deadline.length, received);
        const Deadline deadline = sooner(silence, slowness);
        connection.tcp().expires_at(deadline.at);
        error_code ec = co_await connection.read_some(parser);
        if (ec == beast_http::error::need_buffer) ec = {};
        const std::size_t size = bytes.size() - parser.get().body().size;
        received += size;
        const Result<void> given = handing.give(std::string_view(bytes.data(), size));
        if (!given) co_return Downloaded{given.error()};
        if (ec) co_return Downloaded{reading_failed(ec, call, deadline, limit)};
    }
    const Result<void> ended = handing.end();
    if (!ended) co_return Downloaded{ended.error()};
    co_return Downloaded{std::move(response), parser.keep_alive()};
}

}  // namespace http
