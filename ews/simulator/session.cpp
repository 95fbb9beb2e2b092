#include "ews/simulator/session.hpp"

#include <fmt/format.h>

#include <boost/beast/http.hpp>

#include <array>
#include <sstream>

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

/// Head and body as they go over the wire.
std::string to_bytes(Response response) {
    response.prepare_payload();
    std::ostringstream head;
    head << response.base();
    return head.str() + response.body();
}

/// The request that is too large is not read: the connection ends with the answer.
awaitable<void> refuse(Wire& wire, const boost::system::error_code& error) {
    if (error != http::error::body_limit) co_return;
    Response response{http::status::payload_too_large, 11};
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
    if (equal_ignoring_case(field(parser.get(), "Expect"), "100-continue")) {
        std::string proceed = "HTTP/1.1 100 Continue\r\n\r\n";
        const auto sent = co_await in.wire.write(std::move(proceed));
        if (!sent) co_return false;
    }
    const auto has_all = co_await read(in, parser, Part::all, error);
    if (!has_all) co_await refuse(in.wire, error);
    co_return has_all;
}

awaitable<bool> write_stream(
    Wire& wire, const Request& request, Shared& shared, const StreamPlan& plan
) {
    http::response<http::empty_body> head{http::status::ok, request.version()};
    head.set(http::field::content_type, content_type);
    head.set("X-NoBuffering", "1");
    add_server_fields(request, head);
    head.keep_alive(request.keep_alive());
    head.chunked(true);
    std::ostringstream text;
    text << head.base();
    auto bytes = text.str();
    auto alive = co_await wire.write(std::move(bytes));
    if (!alive) co_return false;
    const SendEnvelope send = [&wire, &alive](std::string envelope) -> awaitable<bool> {
        auto chunk = fmt::format("{:x}\r\n{}\r\n", envelope.size(), envelope);
        alive = co_await wire.write(std::move(chunk));
        co_return alive;
    };
    co_await stream_events(shared, plan, send);
    if (!alive) co_return false;
    std::string last = "0\r\n\r\n";
    alive = co_await wire.write(std::move(last));
    co_return alive;
}

/// One request and its answer; false ends the connection.
awaitable<bool> serve_one(Incoming& in, Shared& shared) {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(limits::request_header_bytes));
    parser.body_limit(limits::request_bytes);
    const auto complete = co_await read_request(in, parser);
    if (!complete) co_return false;
    const auto& request = parser.get();
    auto verdict = decide(request, shared);
    if (verdict.drop) co_return false;
    if (verdict.stream) {
        const auto& plan = *verdict.stream;
        const auto alive = co_await write_stream(in.wire, request, shared, plan);
        co_return alive&& request.keep_alive();
    }
    const auto keep_alive = verdict.response.keep_alive();
    auto bytes = to_bytes(std::move(verdict.response));
    const auto sent = co_await in.wire.write(std::move(bytes));
    co_return sent&& keep_alive;
}

}  // namespace

awaitable<void> serve(Wire wire, Shared& shared) {
    auto go_on = co_await wire.accept();
    if (!go_on) co_return;
    Incoming in{wire};
    while (go_on) go_on = co_await serve_one(in, shared);
    co_await wire.close();
}

}  // namespace ews::simulator
