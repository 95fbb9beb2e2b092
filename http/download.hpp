// The body of an answer, handed over as it comes: what is too large to lie in memory. Separate from
// the client because it reads in a loop of its own; from live_stream because this one ends, may be
// packed and has bounds.
#pragma once

#include <cstddef>

#include "http/call.hpp"

namespace http {

/// What is left of an answer whose head was read; the head comes back without a body.
struct Downloaded {
    Result<Response> answer;
    bool keep_alive = false;  ///< the connection may be used again
};

/// Gives the body to `call.take`, which is there. All is bounded by `limit`, as it comes and
/// unpacked; in time by the deadline's length without a byte, and by least_download_rate. The parser is of no use afterwards.
boost::asio::awaitable<Downloaded> download_rest(
    Connection& connection, HeadParser& head, const Call& call, std::size_t limit
);

/// Whether the body of this answer is packed by gzip, the only way that we offer. An error for
/// others.
Result<bool> is_packed(const Response& head, const std::string& server);

}  // namespace http
