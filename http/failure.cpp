#include "http/failure.hpp"

#include <fmt/format.h>

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/error.hpp>

#include "http/certificate_alert.hpp"
#include "http/limits.hpp"

namespace http {

namespace {

namespace beast_http = boost::beast::http;
namespace asio_error = boost::asio::error;
using boost::system::error_code;

std::string_view to_text(Phase phase) {
    switch (phase) {
        case Phase::looking_up:
            return "looking up its address";
        case Phase::connecting:
            return "connecting";
        case Phase::handshake:
            return "agreeing on TLS";
        case Phase::sending:
            return "sending the request";
        case Phase::waiting:
            return "waiting for the answer";
        case Phase::reading:
            return "reading the answer";
    }
    return "talking to it";
}

std::string to_text(std::chrono::milliseconds length) {
    if (length < std::chrono::seconds(1)) return fmt::format("{} ms", length.count());
    return fmt::format("{:.4g} s", static_cast<double>(length.count()) / 1000.0);
}

bool is_cut(const error_code& code) {
    return code == beast_http::error::end_of_stream || code == beast_http::error::partial_message ||
           code == asio_error::eof || code == asio_error::connection_reset ||
           code == asio_error::broken_pipe || code == asio_error::connection_aborted ||
           code == asio_error::not_connected || code == boost::asio::ssl::error::stream_truncated;
}

bool is_parsing(const error_code& code) {
    return code.category() ==
           beast_http::make_error_code(beast_http::error::bad_version).category();
}

Error describe_phase(const error_code& code, Phase phase, const std::string& server) {
    switch (phase) {
        case Phase::looking_up:
            return {
                errc::resolve,
                fmt::format(
                    "{}: the host name cannot be looked up: {}. Check its spelling and the name "
                    "servers of "
                    "this machine",
                    server,
                    code.message()
                )};
        case Phase::connecting:
            return {
                errc::connect,
                fmt::format(
                    "{}: no connection: {}. Check host, port, the firewall, and that the server "
                    "runs",
                    server,
                    code.message()
                )};
        case Phase::handshake:
            return {
                errc::tls,
                fmt::format(
                    "{}: TLS cannot be agreed on: {}. The server must speak TLS 1.2 or later on "
                    "this port",
                    server,
                    code.message()
                )};
        default:
            return {
                errc::closed,
                fmt::format(
                    "{}: the connection broke while {}: {}", server, to_text(phase), code.message()
                )};
    }
}

}  // namespace

Deadline deadline_after(std::chrono::milliseconds length) {
    return {std::chrono::steady_clock::now() + length, length};
}

Deadline sooner(const Deadline& a, const Deadline& b) {
    return a.at < b.at ? a : b;
}

bool is_body_limit(const error_code& code) {
    return code == beast_http::error::body_limit;
}

Error too_large(const std::string& server, std::size_t limit) {
    return {
        errc::too_large,
        fmt::format("{}: the answer is larger than the limit of {} bytes", server, limit)};
}

Error describe(
    const error_code& code, Phase phase, const std::string& server, const Deadline& deadline
) {
    if (code == boost::beast::error::timeout) {
        return {
            errc::timeout,
            fmt::format(
                "{}: gave up after {} while {}", server, to_text(deadline.length), to_text(phase)
            )};
    }
    if (code == asio_error::operation_aborted) {
        return {errc::cancelled, fmt::format("{}: stopped while {}", server, to_text(phase))};
    }
    if (code == beast_http::error::header_limit || code == beast_http::error::buffer_overflow) {
        return too_large(server, max_answer_head);
    }
    if (phase != Phase::handshake) {
        const auto refused = refused_certificate(code, server);
        if (refused) return *refused;
    }
    if (is_cut(code) && phase != Phase::connecting) {
        const std::string_view before =
            phase == Phase::handshake ? "TLS was agreed on" : "the answer was complete";
        return {
            errc::closed,
            fmt::format(
                "{}: the connection was cut while {}, before {}", server, to_text(phase), before
            )};
    }
    if (is_parsing(code)) {
        return {
            errc::protocol, fmt::format("{}: the answer is not HTTP: {}", server, code.message())};
    }
    return describe_phase(code, phase, server);
}

}  // namespace http
