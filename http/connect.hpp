// From a target to a connection that may be written to: look-up, connect to one address after the
// other, the tunnel of a proxy, TLS. Separate from the client because it is the part with a
// deadline of its own.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "http/connection.hpp"
#include "http/failure.hpp"
#include "http/proxy.hpp"

namespace http {

/// Each step gets at most `step`, all together what is left until `whole`. `tls` must outlive the
/// connection. `proxy` may be null.
boost::asio::awaitable<Result<std::unique_ptr<Connection>>> open_connection(
    boost::asio::any_io_executor executor,
    Target target,
    boost::asio::ssl::context& tls,
    Deadline whole,
    std::chrono::milliseconds step,
    std::shared_ptr<const Proxy> proxy = nullptr
);

}  // namespace http
