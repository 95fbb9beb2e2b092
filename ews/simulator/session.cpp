#include "ews/simulator/session.hpp"

#include <fmt/format.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "ews/simulator/limits.hpp"
#include "ews/simulator/soap.hpp"
#include "ews/simulator/stream_session.hpp"

namespace ews::simulator {

namespace {

namespace http = boost::beast::http;
using boost::asio::awaitable;
using Parser = http::request_parser<http::string_body>;
using Request = http::request<http::string_body>;
using Response = http::response<http::string_body>;

constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
constexpr const char* content_type = "text/xml; charset=utf-8";  // DavMail compares all of it

Response plain_response(const Request& request, http::status status, std::string text) {
    Response response{status, request.version()};
    response.set(http::field::content_type, "text/plain; charset=utf-8");
    response.keep_alive(request.keep_alive());
    response.body() = std::move(text);
    return response;
}

Response challenge(const Request& request) {
    auto response = plain_response(request, http::status::unauthorized, "");
    response.set(http::field::www_authenticate, R"(Basic realm="mailferry-exchange")");
    return response;
}

bool is_endpoint(const Request& request) {
    const std::string_view target{request.target().data(), request.target().size()};
    return equal_ignoring_case(target.substr(0, target.find('?')), "/EWS/Exchange.asmx");
}

std::string_view field(const Request& request, const char* name) {
    const auto value = request[name];
    return {value.data(), value.size()};
}

/// What Microsoft's servers send along; clients keep the cookie for their stream.
void add_server_fields(const Request& request, http::fields& fields) {
    fields.set("X-FEServer", "mailferry-exchange");
    if (const auto id = field(request, "client-request-id"); !id.empty())
        fields.set("request-id", boost::beast::string_view(id.data(), id.size()));
    const auto cookies = field(request, "Cookie");
    if (equal_ignoring_case(field(request, "X-PreferServerAffinity"), "true") &&
        cookies.find("X-BackEndOverrideCookie") == std::string_view::npos)
        fields.set(
            http::field::set_cookie, "X-BackEndOverrideCookie=mailferry~1; path=/; HttpOnly"
        );
}

Response reply_response(const Request& request, Reply reply) {
    Response response{static_cast<http::status>(reply.status), request.version()};
    const auto html = reply.body.starts_with("<html");
    response.set(http::field::content_type, html ? "text/html" : content_type);
    if (reply.retry_after.count() > 0)
        response.set(
            http::field::retry_after,
            fmt::format("{}", std::chrono::ceil<std::chrono::seconds>(reply.retry_after).count())
        );
    add_server_fields(request, response);
    response.keep_alive(request.keep_alive());
    response.body() = std::move(reply.body);
    return response;
}

/// Either a finished response, or a stream that is to begin, or the wish to hang up.
struct Verdict {
    Response response;
    std::optional<StreamPlan> stream;
    bool drop = false;
};

Verdict decide(const Request& request, Shared& shared) {
    if (!is_endpoint(request))
        return {plain_response(request, http::status::not_found, "Not found.\n"), {}};
    const std::lock_guard lock(shared.guard);
    const auto* const account = shared.organization.authenticate(field(request, "Authorization"));
    if (account == nullptr) return {challenge(request), {}};
    if (request.method() != http::verb::post)
        return {plain_response(request, http::status::method_not_allowed, "POST only.\n"), {}};
    auto reply = answer(shared.organization, *account, request.body());
    Verdict verdict;
    verdict.drop = reply.drop;
    verdict.stream = std::move(reply.stream);
    if (!verdict.stream) verdict.response = reply_response(request, std::move(reply));
    return verdict;
}

/// The request that is too large is not read: the connection ends with the answer.
template <class Stream>
awaitable<void> refuse_size(Stream& stream) {
    Response response{http::status::payload_too_large, 11};
    response.keep_alive(false);
    response.prepare_payload();
    co_await http::async_write(stream, response, token);
}

template <class Stream>
awaitable<bool> read_request(Stream& stream, boost::beast::flat_buffer& buffer, Parser& parser) {
    const auto [head_error, head_size] =
        co_await http::async_read_header(stream, buffer, parser, token);
    if (head_error == http::error::body_limit) co_await refuse_size(stream);
    if (head_error) co_return false;
    if (equal_ignoring_case(field(parser.get(), "Expect"), "100-continue")) {
        Response proceed{http::status::continue_, 11};
        const auto [error, size] = co_await http::async_write(stream, proceed, token);
        if (error) co_return false;
    }
    const auto [body_error, body_size] = co_await http::async_read(stream, buffer, parser, token);
    if (body_error == http::error::body_limit) co_await refuse_size(stream);
    co_return !body_error;
}

template <class Stream>
awaitable<bool> write_stream(
    Stream& stream, const Request& request, Shared& shared, const StreamPlan& plan
) {
    http::response<http::empty_body> head{http::status::ok, request.version()};
    head.set(http::field::content_type, content_type);
    head.set("X-NoBuffering", "1");
    add_server_fields(request, head);
    head.keep_alive(request.keep_alive());
    head.chunked(true);
    http::response_serializer<http::empty_body> serializer{head};
    const auto [error, size] = co_await http::async_write_header(stream, serializer, token);
    if (error) co_return false;
    auto alive = true;
    const SendEnvelope send = [&stream, &alive](std::string envelope) -> awaitable<bool> {
        boost::beast::get_lowest_layer(stream).expires_after(limits::idle_connection);
        const auto chunk = http::make_chunk(boost::asio::buffer(envelope));
        const auto [chunk_error, chunk_size] =
            co_await boost::asio::async_write(stream, chunk, token);
        alive = !chunk_error;
        co_return alive;
    };
    co_await stream_events(shared, plan, send);
    if (!alive) co_return false;
    const auto last = http::make_chunk_last();
    const auto [last_error, last_size] = co_await boost::asio::async_write(stream, last, token);
    co_return !last_error;
}

/// One request and its answer; false ends the connection.
template <class Stream>
awaitable<bool> serve_one(Stream& stream, boost::beast::flat_buffer& buffer, Shared& shared) {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(limits::request_header_bytes));
    parser.body_limit(limits::request_bytes);
    boost::beast::get_lowest_layer(stream).expires_after(limits::idle_connection);
    const auto complete = co_await read_request(stream, buffer, parser);
    if (!complete) co_return false;
    const auto& request = parser.get();
    auto verdict = decide(request, shared);
    if (verdict.drop) co_return false;
    if (verdict.stream) {
        const auto& plan = *verdict.stream;
        const auto alive = co_await write_stream(stream, request, shared, plan);
        co_return alive&& request.keep_alive();
    }
    verdict.response.prepare_payload();
    const auto& response = verdict.response;
    const auto [error, size] = co_await http::async_write(stream, response, token);
    co_return !error && response.keep_alive();
}

template <class Stream>
awaitable<void> serve(Stream& stream, Shared& shared) {
    boost::beast::flat_buffer buffer;
    for (;;) {
        const auto go_on = co_await serve_one(stream, buffer, shared);
        if (!go_on) co_return;
    }
}

}  // namespace

awaitable<void> serve_plain(boost::beast::tcp_stream stream, Shared& shared) {
    co_await serve(stream, shared);
    boost::system::error_code ignored;
    stream.socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
}

awaitable<void> serve_tls(
    boost::beast::ssl_stream<boost::beast::tcp_stream> stream, Shared& shared
) {
    const auto side = boost::asio::ssl::stream_base::server;
    boost::beast::get_lowest_layer(stream).expires_after(limits::idle_connection);
    const auto [error] = co_await stream.async_handshake(side, token);
    if (error) co_return;
    co_await serve(stream, shared);
    boost::beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(5));
    co_await stream.async_shutdown(token);
}

}  // namespace ews::simulator
