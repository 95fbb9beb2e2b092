// Sends a request and reads the head of its answer, logging in on the way where the connection has
// a Login. Separate from ask(), which is one question and one answer, because an exchange and a
// stream log in alike.
#pragma once

#include "http/ask.hpp"

namespace http {

/// Questions on one connection before the server has said its last word.
inline constexpr int max_login_legs = 8;
/// Body of an answer 401 that is read in order to go on.
inline constexpr std::size_t max_refusal_body = 1U << 20U;

/// As ask(); afterwards the answer is the server's last word, a 401 too. Errors of the Login are
/// its errors. The field Authorization of `call` is the Login's; a request that carries its own
/// goes as it is.
boost::asio::awaitable<Asked> ask_logged_in(
    Connection& connection,
    Call& call,
    std::optional<HeadParser>& parser,
    std::optional<std::uint64_t> body_limit
);

}  // namespace http
