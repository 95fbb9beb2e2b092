#include "http/auth/log_in.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace http {

namespace {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using asio::awaitable;
using beast_http::field;
using boost::system::error_code;
using BodyParser = beast_http::response_parser<beast_http::string_body>;
using Next = std::optional<Credentials>;

/// A Login may wait for others: for a KDC, for a token endpoint.
template <class T>
awaitable<Result<T>> in_time(awaitable<Result<T>> work, const Call& call) {
    using namespace asio::experimental::awaitable_operators;
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer(executor, call.deadline.at);
    auto rung = timer.async_wait(asio::as_tuple(asio::use_awaitable));
    auto first = co_await (std::move(work) || std::move(rung));
    if (first.index() == 0) co_return std::move(std::get<0>(first));
    const auto [ec] = std::get<1>(first);
    const std::string server = call.target.origin();
    if (ec) co_return Error{errc::cancelled, server + ": stopped while logging in"};
    co_return Error{
        errc::timeout, server + ": gave up while logging in, at the deadline of the request"};
}

std::vector<std::string> challenges_of(const HeadParser& parser) {
    std::vector<std::string> values;
    const auto [from, to] = parser.get().equal_range(field::www_authenticate);
    for (auto each = from; each != to; ++each) values.emplace_back(each->value());
    return values;
}

/// The answer to a request whose body was held back: it says nothing of the request itself.
bool wants_the_body(unsigned status) {
    return status / 100 == 2 || status == 400 || status == 411 || status == 500;
}

class Talk {
public:
    Talk(
        Connection& connection,
        Call& call,
        std::optional<HeadParser>& parser,
        std::optional<std::uint64_t> limit
    )
        : connection_(connection), call_(call), parser_(parser), body_limit_(limit) {}

    awaitable<Asked> run() {
        Login& login = *connection_.login;
        Result<Next> next = Next();
        for (int leg = 0; leg < max_login_legs; ++leg) {
            if (!*next) {
                Result<Credentials> begun = co_await in_time(login.begin(), call_);
                if (!begun) co_return failed(begun.error());
                *next = std::move(*begun);
            }
            Asked asked = co_await send(**next);
            if (asked.error) co_return asked;
            if (parser_->get().result_int() != 401) {
                if (const auto error = settle(**next)) co_return failed(*error);
                if (!held_back_ || !wants_the_body(parser_->get().result_int())) co_return asked;
                next = Next();
            } else {
                next = co_await in_time(login.answer(challenges_of(*parser_)), call_);
                if (!next) co_return failed(next.error());
                if (!*next) co_return asked;
            }
            const bool goes_on = co_await read_away();
            if (!goes_on) co_return cut();
        }
        co_return failed(
            {errc::protocol, call_.target.origin() + ": it asks for a login without end"}
        );
    }

private:
    awaitable<Asked> send(const Credentials& credentials) {
        call_.message.erase(field::authorization);
        if (!credentials.authorization.empty())
            call_.message.set(field::authorization, credentials.authorization);
        held_back_ = credentials.without_body && !call_.message.body().empty();
        if (!held_back_)
            co_return co_await ask(connection_, call_.message, call_, parser_, body_limit_);
        Message bare(call_.message.base());
        bare.content_length(0);
        Asked asked = co_await ask(connection_, bare, call_, parser_, body_limit_);
        // It cannot have been carried out without its body.
        asked.again = asked.unanswered;
        co_return asked;
    }

    /// After an answer that is no 401.
    std::optional<Error> settle(const Credentials& sent) {
        const std::vector<std::string> challenges = challenges_of(*parser_);
        const unsigned status = parser_->get().result_int();
        const bool of_the_login =
            status / 100 == 2 || (held_back_ ? wants_the_body(status) : sent.authorization.empty());
        if (challenges.empty() && !of_the_login) {
            // From a gateway perhaps, which knows nothing of logins: begin anew with the next
            // request.
            connection_.login.reset();
            return std::nullopt;
        }
        const Result<void> accepted = connection_.login->accepted(challenges);
        if (accepted) return std::nullopt;
        return accepted.error();
    }

    /// Until the connection is free for the next request; false if it never is.
    awaitable<bool> read_away() {
        BodyParser rest(std::move(*parser_));
        rest.body_limit(max_refusal_body);
        if (!rest.is_done()) {
            const error_code ec = co_await connection_.read_rest(rest);
            if (ec) co_return false;
        }
        co_return rest.keep_alive();
    }

    Asked failed(Error error) {
        Asked asked;
        asked.error = std::move(error);
        return asked;
    }

    Asked cut() {
        Asked asked = failed(
            {errc::protocol,
             call_.target.origin() + ": it closes the connection in the middle of a login. A proxy "
                                     "or load balancer in between that does not "
                                     "keep connections may be why"}
        );
        asked.again = true;
        return asked;
    }

    Connection& connection_;
    Call& call_;
    std::optional<HeadParser>& parser_;
    std::optional<std::uint64_t> body_limit_;
    bool held_back_ = false;
};

}  // namespace

awaitable<Asked> ask_logged_in(
    Connection& connection,
    Call& call,
    std::optional<HeadParser>& parser,
    std::optional<std::uint64_t> body_limit
) {
    if (!connection.login || call.own_authorization)
        co_return co_await ask(connection, call.message, call, parser, body_limit);
    Talk talk(connection, call, parser, body_limit);
    co_return co_await talk.run();
}

}  // namespace http
