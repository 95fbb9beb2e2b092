// The talk with a proxy before TLS: asking for a tunnel (CONNECT, RFC 9110 section 9.3.6), and what
// its refusals mean for an admin. Separate from connect because all that a proxy can say stands
// here.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <optional>

#include "http/failure.hpp"
#include "http/proxy.hpp"

namespace http {

/// Over a fresh connection to the proxy. Afterwards what is written goes to `server`. All must
/// outlive the call. errc::bad_url: the proxy wants other credentials; errc::connect: it refuses or
/// cannot reach the server; errc::protocol: it is no HTTP proxy.
boost::asio::awaitable<std::optional<Error>> open_tunnel(
    boost::beast::tcp_stream& stream, const Proxy& proxy, const Target& server, Deadline deadline
);

}  // namespace http
