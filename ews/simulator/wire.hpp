// The bytes of one connection, with or without TLS. Sessions read and write them here and parse
// HTTP apart from it: Beast's composed operations, compiled for both kinds of stream, took minutes.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <variant>

namespace ews::simulator {

/// Used by one coroutine at a time, on the thread of the server.
class Wire {
public:
    explicit Wire(boost::beast::tcp_stream stream) : stream_(std::move(stream)) {}
    Wire(boost::beast::tcp_stream stream, boost::asio::ssl::context& tls)
        : stream_(std::in_place_type<Tls>, std::move(stream), tls) {}

    /// TLS is agreed upon; false ends the connection. Without TLS there is nothing to do.
    boost::asio::awaitable<bool> accept();
    /// How much has come; 0: the client is gone, or was silent for limits::idle_connection.
    boost::asio::awaitable<std::size_t> read(std::span<char> into);
    /// False: the client is gone.
    boost::asio::awaitable<bool> write(std::string bytes);
    /// Says goodbye, as far as the client listens.
    boost::asio::awaitable<void> close();

private:
    using Plain = boost::beast::tcp_stream;
    using Tls = boost::beast::ssl_stream<boost::beast::tcp_stream>;
    Plain& tcp();

    std::variant<Plain, Tls> stream_;
};

}  // namespace ews::simulator
