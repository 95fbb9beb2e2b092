#include "http/tunnel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <string_view>

#include "http/limits.hpp"

namespace http {

namespace {

namespace beast_http = boost::beast::http;
using beast_http::field;
using boost::asio::awaitable;
using boost::system::error_code;
using Answer = beast_http::response<beast_http::empty_body>;
using AnswerParser = beast_http::response_parser<beast_http::empty_body>;

constexpr auto waited = boost::asio::as_tuple(boost::asio::use_awaitable);

/// What a stranger said, fit for a log.
std::string shown(std::string_view text) {
    std::string result(text.substr(0, max_words_shown));
    std::ranges::replace_if(
        result, [](char c) { return c < 0x20 || c > 0x7e; }, '?'
    );
    return result;
}

std::string authority_of(const Target& server) {
    const bool bracketed = server.host.find(':') != std::string::npos;
    return fmt::format(fmt::runtime(bracketed ? "[{}]:{}" : "{}:{}"), server.host, server.port);
}

/// The schemes that a proxy offers, "Basic, NTLM".
std::string schemes_of(const Answer& answer) {
    std::string schemes;
    const auto [begin, end] = answer.equal_range(field::proxy_authenticate);
    for (auto each = begin; each != end; ++each) {
        const std::string_view value(each->value().data(), each->value().size());
        if (!schemes.empty()) schemes += ", ";
        schemes += value.substr(0, value.find_first_of(" ,"));
    }
    return shown(schemes);
}

bool offers_basic(const Answer& answer) {
    const auto [begin, end] = answer.equal_range(field::proxy_authenticate);
    return std::any_of(begin, end, [](const auto& each) {
        return boost::beast::iequals(each.value().substr(0, 5), "Basic");
    });
}

Error wants_credentials(const std::string& name, const Proxy& proxy, const Answer& answer) {
    const std::string schemes = schemes_of(answer);
    std::string why = proxy.authorization.empty()
                          ? "it demands a user name and password, and none are configured"
                          : "it refuses the user name or the password that are configured for it";
    if (!schemes.empty() && !offers_basic(answer)) {
        why = fmt::format(
            "it demands a login by {}, but only Basic is possible here. Let its administrator "
            "allow "
            "this machine, or this server, without a login",
            schemes
        );
    }
    return {errc::bad_url, fmt::format("{}: {} (HTTP 407)", name, why)};
}

Error refused(const std::string& name, const Proxy& proxy, const Answer& answer) {
    const unsigned status = answer.result_int();
    if (status == 407) return wants_credentials(name, proxy, answer);
    std::string_view why =
        "it did not open the way to the server. Check that this is an HTTP proxy, and that it "
        "allows CONNECT to this host and port";
    if (status == 403) {
        why =
            "it forbids the way to the server. Let its administrator allow CONNECT to this host "
            "and port";
    }
    if (status == 502 || status == 503 || status == 504) {
        why =
            "it cannot reach the server. Check the host and port of the server, and that the "
            "proxy knows this name; if the server is to be reached directly, name it in `except`";
    }
    const std::string_view words(answer.reason().data(), answer.reason().size());
    return {errc::connect, fmt::format("{}: {} (HTTP {} {})", name, why, status, shown(words))};
}

/// Other than a server's, no answer of a proxy says anything about a mail: not errc::too_large.
Error failure(const error_code& code, Phase phase, const std::string& name, Deadline deadline) {
    Error error = describe(code, phase, name, deadline);
    if (error.code == errc::too_large) error.code = errc::protocol;
    if (error.code == errc::protocol) error.text += ". Check that this is an HTTP proxy";
    return error;
}

}  // namespace

awaitable<std::optional<Error>> open_tunnel(
    boost::beast::tcp_stream& stream, const Proxy& proxy, const Target& server, Deadline deadline
) {
    const std::string name = proxy.name_on_way_to(server);
    const std::string authority = authority_of(server);
    beast_http::request<beast_http::empty_body> request(beast_http::verb::connect, authority, 11);
    request.set(field::host, authority);
    if (!proxy.authorization.empty()) request.set(field::proxy_authorization, proxy.authorization);
    stream.expires_at(deadline.at);
    auto [write_failure, written] = co_await beast_http::async_write(stream, request, waited);
    if (write_failure) co_return failure(write_failure, Phase::sending, name, deadline);
    boost::beast::flat_buffer buffer;
    for (int interim = 0; interim <= max_interim_answers; ++interim) {
        AnswerParser parser;
        parser.header_limit(max_answer_head);
        parser.skip(true);  // an answer to CONNECT has no body, whatever its fields say
        auto [ec, size] = co_await beast_http::async_read_header(stream, buffer, parser, waited);
        if (ec) co_return failure(ec, Phase::waiting, name, deadline);
        const unsigned kind = parser.get().result_int() / 100;
        if (kind == 1) continue;
        if (kind != 2) co_return refused(name, proxy, parser.get());
        if (buffer.size() == 0) co_return std::nullopt;
        co_return Error{errc::protocol, name + ": it says more than its answer to CONNECT"};
    }
    co_return Error{errc::protocol, name + ": interim answers (1xx) without end"};
}

}  // namespace http
