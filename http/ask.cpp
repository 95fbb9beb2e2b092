#include "http/ask.hpp"

#include <boost/asio/error.hpp>
#include <boost/beast/core/error.hpp>

#include "http/limits.hpp"

namespace http {

namespace {

using boost::system::error_code;

void prepare_parser(
    std::optional<HeadParser>& parser, const Call& call, std::optional<std::uint64_t> body_limit
) {
    parser.emplace();
    parser->header_limit(max_answer_head);
    parser->body_limit(body_limit ? boost::optional<std::uint64_t>(*body_limit) : boost::none);
    parser->skip(call.message.method() == boost::beast::http::verb::head);
}

bool is_interim(const HeadParser& parser) {
    const unsigned status = parser.get().result_int();
    return status / 100 == 1 && status != 101;
}

bool gave_up(const error_code& code) {
    return code == boost::beast::error::timeout || code == boost::asio::error::operation_aborted;
}

Error failure(const error_code& code, Phase phase, const Call& call, std::uint64_t body_limit) {
    if (is_body_limit(code)) return too_large(call.target.origin(), body_limit);
    return describe(code, phase, call.target.origin(), call.deadline);
}

}  // namespace

boost::asio::awaitable<Asked> ask(
    Connection& connection,
    const Message& message,
    const Call& call,
    std::optional<HeadParser>& parser,
    std::optional<std::uint64_t> body_limit
) {
    Asked asked;
    connection.tcp().expires_at(call.deadline.at);
    const error_code sent = co_await connection.write(message);
    asked.sent_whole = !sent;
    if (gave_up(sent)) {
        asked.error = failure(sent, Phase::sending, call, 0);
        co_return asked;
    }
    // A server may refuse a large body before it has read it all: its answer is worth more than
    // "broken pipe".
    for (int interim = 0; interim <= max_interim_answers; ++interim) {
        prepare_parser(parser, call, body_limit);
        const error_code read = co_await connection.read_head(*parser);
        if (read) {
            const bool silent = interim == 0 && !parser->got_some();
            asked.unanswered = silent && !gave_up(read);
            asked.error = failure(read, Phase::waiting, call, body_limit.value_or(0));
            if (sent && silent) asked.error = failure(sent, Phase::sending, call, 0);
            co_return asked;
        }
        if (!is_interim(*parser)) co_return asked;
    }
    asked.error =
        Error{errc::protocol, call.target.origin() + ": interim answers (1xx) without end"};
    co_return asked;
}

}  // namespace http
