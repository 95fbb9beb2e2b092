#include "http/client.hpp"

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "http/auth/channel_binding.hpp"
#include "http/auth/log_in.hpp"
#include "http/connect.hpp"
#include "http/download.hpp"
#include "http/gunzip.hpp"
#include "http/live_stream.hpp"
#include "http/tls.hpp"

namespace http {

namespace {

namespace beast_http = boost::beast::http;
using boost::asio::awaitable;
using boost::system::error_code;
using BodyParser = beast_http::response_parser<beast_http::string_body>;

/// As it was before it was packed for the way.
std::optional<Error> unpack(Response& response, std::size_t limit, const std::string& server) {
    const Result<bool> packed = is_packed(response, server);
    if (!packed) return packed.error();
    if (!*packed) return std::nullopt;
    Result<std::string> body = gunzip(response.body, limit, server);
    if (!body) return body.error();
    response.body = std::move(*body);
    return std::nullopt;
}

}  // namespace

struct Client::Attempt {
    Result<Response> answer;
    bool unanswered = false;
    bool again = false;  ///< as Asked says
};

Client::Client(
    boost::asio::any_io_executor executor,
    std::shared_ptr<boost::asio::ssl::context> tls,
    std::shared_ptr<const Proxy> proxy,
    Options options
)
    : executor_(std::move(executor)),
      tls_(std::move(tls)),
      proxy_(std::move(proxy)),
      options_(std::move(options)) {}

Result<std::unique_ptr<Client>> Client::create(
    boost::asio::any_io_executor executor, Options options
) {
    Result<boost::asio::ssl::context> tls =
        make_tls_context(options.ca_file, options.client_certificate);
    if (!tls) return tls.error();
    Result<std::shared_ptr<const Proxy>> proxy = read_proxy(options.proxy);
    if (!proxy) return proxy.error();
    auto shared = std::make_shared<boost::asio::ssl::context>(std::move(*tls));
    return std::unique_ptr<Client>(
        new Client(std::move(executor), std::move(shared), std::move(*proxy), std::move(options))
    );
}

awaitable<Result<Response>> Client::exchange(Request request) {
    TakeBody whole = nullptr;
    Result<Response> response = co_await download(std::move(request), std::move(whole));
    co_return response;
}

awaitable<Result<Response>> Client::download(Request request, TakeBody take) {
    Result<Call> call = prepare(std::move(request), options_);
    if (!call) co_return call.error();
    call->take = std::move(take);
    call->message.set(beast_http::field::accept_encoding, "gzip");  // of a stream every byte is wanted at once
    Attempt last = co_await attempt_kept_or_new(*call);
    if (last.answer && doubts(*call, last.answer->status)) last = co_await attempt_anew(*call);
    co_return std::move(last.answer);
}

awaitable<Client::Attempt> Client::attempt_kept_or_new(Call& call) {
    std::unique_ptr<Connection> kept = pool_.take(call.target.origin(), call.repeatable);
    if (kept) {
        Attempt first = co_await attempt(std::move(kept), call);
        if (first.unanswered) pool_.note_closing(call.target.origin());
        const bool repeat = first.unanswered && call.repeatable;
        if (!repeat && !first.again) co_return first;
    }
    Attempt fresh = co_await attempt_anew(call);
    if (fresh.again) fresh = co_await attempt_anew(call);
    co_return fresh;
}

awaitable<Result<std::unique_ptr<Connection>>> Client::connect(const Call& call) {
    co_return co_await open_connection(
        executor_, call.target, *tls_, call.deadline, options_.connect_deadline, proxy_
    );
}

awaitable<Client::Attempt> Client::attempt_anew(Call& call) {
    auto opened = co_await connect(call);
    if (!opened) co_return Attempt{opened.error()};
    co_return co_await attempt(std::move(*opened), call);
}

void Client::prepare_login(Connection& connection, const Call& call) const {
    if (!options_.authenticator || connection.login) return;
    std::vector<unsigned char> binding;
    if (connection.secure) binding = server_end_point(connection.stream.native_handle());
    connection.login = options_.authenticator->login(call.target, binding);
}

awaitable<Client::Attempt> Client::attempt(std::unique_ptr<Connection> connection, Call& call) {
    prepare_login(*connection, call);
    std::optional<HeadParser> head;
    const Asked asked = co_await ask_logged_in(*connection, call, head, options_.body_limit);
    if (asked.error) co_return Attempt{*asked.error, asked.unanswered, asked.again};
    if (call.take && head->get().result_int() == 200) {
        Downloaded rest = co_await download_rest(*connection, *head, call, options_.body_limit);
        if (rest.answer && asked.sent_whole && rest.keep_alive) keep(std::move(connection), call);
        co_return Attempt{std::move(rest.answer)};
    }
    BodyParser parser(std::move(*head));
    if (!parser.is_done()) {
        const error_code ec = co_await connection->read_rest(parser);
        const std::string server = call.target.origin();
        if (is_body_limit(ec)) co_return Attempt{too_large(server, options_.body_limit)};
        if (ec) co_return Attempt{describe(ec, Phase::reading, server, call.deadline)};
    }
    Response response = head_of(parser.get().result_int(), parser.get().base());
    response.body = std::move(parser.get().body());
    const std::string server = call.target.origin();
    if (const auto error = unpack(response, options_.body_limit, server)) co_return Attempt{*error};
    const bool refused = response.status == 401 && connection->login;
    if (asked.sent_whole && parser.keep_alive() && !refused) keep(std::move(connection), call);
    co_return Attempt{std::move(response)};
}

/// Nothing was carried out: anything may be asked again.
bool Client::doubts(const Call& call, unsigned status) const {
    if (status != 401 || call.own_authorization || !options_.authenticator) return false;
    return options_.authenticator->doubts_refusal();
}

void Client::keep(std::unique_ptr<Connection> connection, const Call& call) {
    if (call.message.body().size() > max_reusable_request || connection->buffer.size() > 0) return;
    pool_.put(call.target.origin(), std::move(connection));
}

awaitable<Result<std::unique_ptr<Stream>>> Client::open_stream(Request request) {
    Result<Call> call = prepare(std::move(request), options_);
    if (!call) co_return call.error();
    const std::shared_ptr<boost::asio::ssl::context> tls = tls_;
    const std::optional<std::uint64_t> no_limit;
    for (bool again = true;; again = false) {
        auto opened = co_await connect(*call);
        if (!opened) co_return opened.error();
        std::unique_ptr<Connection> connection = std::move(*opened);
        prepare_login(*connection, *call);
        std::optional<HeadParser> head;
        const Asked asked = co_await ask_logged_in(*connection, *call, head, no_limit);
        if (asked.error && asked.again && again) continue;
        if (asked.error) co_return *asked.error;
        if (again && doubts(*call, head->get().result_int())) continue;
        connection->login.reset();  // it may outlive the client, a login may not
        co_return make_live_stream(std::move(connection), std::move(*head), call->target.origin());
    }
}

}  // namespace http
