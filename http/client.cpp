#include "http/client.hpp"

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <utility>

#include "http/ask.hpp"
#include "http/connect.hpp"
#include "http/live_stream.hpp"
#include "http/tls.hpp"

namespace http {

namespace {

namespace beast_http = boost::beast::http;
using boost::asio::awaitable;
using boost::system::error_code;
using BodyParser = beast_http::response_parser<beast_http::string_body>;

}  // namespace

struct Client::Attempt {
    Result<Response> answer;
    bool unanswered = false;
};

Client::Client(
    boost::asio::any_io_executor executor,
    std::shared_ptr<boost::asio::ssl::context> tls,
    Options options
)
    : executor_(std::move(executor)), tls_(std::move(tls)), options_(std::move(options)) {}

Result<std::unique_ptr<Client>> Client::create(
    boost::asio::any_io_executor executor, Options options
) {
    Result<boost::asio::ssl::context> tls = make_tls_context(options.ca_file);
    if (!tls) return tls.error();
    auto shared = std::make_shared<boost::asio::ssl::context>(std::move(*tls));
    return std::unique_ptr<Client>(
        new Client(std::move(executor), std::move(shared), std::move(options))
    );
}

awaitable<Result<Response>> Client::exchange(Request request) {
    const Result<Call> call = prepare(std::move(request), options_);
    if (!call) co_return call.error();
    std::unique_ptr<Connection> kept = pool_.take(call->target.origin());
    if (kept) {
        Attempt first = co_await attempt(std::move(kept), *call);
        if (!first.unanswered || !call->repeatable) co_return std::move(first.answer);
    }
    auto opened = co_await open_connection(
        executor_, call->target, *tls_, call->deadline, options_.connect_deadline
    );
    if (!opened) co_return opened.error();
    Attempt only = co_await attempt(std::move(*opened), *call);
    co_return std::move(only.answer);
}

awaitable<Client::Attempt> Client::attempt(
    std::unique_ptr<Connection> connection, const Call& call
) {
    std::optional<HeadParser> head;
    const Asked asked = co_await ask(*connection, call, head, options_.body_limit);
    if (asked.error) co_return Attempt{*asked.error, asked.unanswered};
    BodyParser parser(std::move(*head));
    if (!parser.is_done()) {
        const error_code ec = co_await connection->read_rest(parser);
        const std::string server = call.target.origin();
        if (is_body_limit(ec)) co_return Attempt{too_large(server, options_.body_limit)};
        if (ec) co_return Attempt{describe(ec, Phase::reading, server, call.deadline)};
    }
    Response response = head_of(parser.get().result_int(), parser.get().base());
    response.body = std::move(parser.get().body());
    if (asked.sent_whole && parser.keep_alive()) keep(std::move(connection), call);
    co_return Attempt{std::move(response)};
}

void Client::keep(std::unique_ptr<Connection> connection, const Call& call) {
    if (call.message.body().size() > max_reusable_request || connection->buffer.size() > 0) return;
    pool_.put(call.target.origin(), std::move(connection));
}

awaitable<Result<std::unique_ptr<Stream>>> Client::open_stream(Request request) {
    const Result<Call> call = prepare(std::move(request), options_);
    if (!call) co_return call.error();
    const std::shared_ptr<boost::asio::ssl::context> tls = tls_;
    auto opened = co_await open_connection(
        executor_, call->target, *tls, call->deadline, options_.connect_deadline
    );
    if (!opened) co_return opened.error();
    std::optional<HeadParser> head;
    const std::optional<std::uint64_t> no_limit;
    const Asked asked = co_await ask(**opened, *call, head, no_limit);
    if (asked.error) co_return *asked.error;
    co_return make_live_stream(std::move(*opened), std::move(*head), call->target.origin());
}

}  // namespace http
