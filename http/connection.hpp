// One connection to a server, with or without TLS, and the few things done on it. Separate so that
// the choice between the two kinds of stream is made here and nowhere else; used by connect, client
// and live_stream.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <memory>

#include "http/auth/login.hpp"
#include "http/tls.hpp"

namespace http {

using Message = boost::beast::http::request<boost::beast::http::string_body>;
using AnyParser = boost::beast::http::basic_parser<false>;
using HeadParser = boost::beast::http::response_parser<boost::beast::http::empty_body>;

/// Deadlines are those of the tcp_stream: set them before each call.
struct Connection {
    Connection(boost::beast::tcp_stream socket, boost::asio::ssl::context& tls, bool is_secure);

    boost::beast::tcp_stream& tcp() { return stream.next_layer(); }
    /// Nothing has come since the last answer, not even the end. Does not wait.
    bool is_quiet();

    boost::asio::awaitable<boost::system::error_code> write(const Message& message);
    boost::asio::awaitable<boost::system::error_code> read_head(AnyParser& parser);
    boost::asio::awaitable<boost::system::error_code> read_rest(AnyParser& parser);
    /// One read at most.
    boost::asio::awaitable<boost::system::error_code> read_some(AnyParser& parser);

    TlsStream stream;  ///< without TLS only its next_layer() is used
    bool secure;
    boost::beast::flat_buffer buffer;
    std::chrono::steady_clock::time_point idle_since;
    std::unique_ptr<Login> login;  ///< null without an Authenticator
};

}  // namespace http
