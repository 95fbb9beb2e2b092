// Sends a request and reads the head of its answer. Separate because an exchange and a stream begin
// alike.
#pragma once

#include <cstdint>
#include <optional>

#include "http/call.hpp"

namespace http {

struct Asked {
    std::optional<Error> error;
    bool unanswered = false;  ///< the connection broke before the first byte of an answer
    bool sent_whole = true;
    /// Nothing was carried out: the same may be asked on a new connection.
    bool again = false;
};

/// `parser` holds the head afterwards, unless there is an error. `message` is that of the call or
/// stands in its stead; the deadline is that of the call.
/// @param body_limit  of the answer that follows; none for streams
boost::asio::awaitable<Asked> ask(
    Connection& connection,
    const Message& message,
    const Call& call,
    std::optional<HeadParser>& parser,
    std::optional<std::uint64_t> body_limit
);

}  // namespace http
