#include "http/connection.hpp"

#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <cerrno>
#include <utility>

namespace http {

namespace {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using boost::system::error_code;

constexpr auto waited = asio::as_tuple(asio::use_awaitable);

}  // namespace

Connection::Connection(boost::beast::tcp_stream socket, asio::ssl::context& tls, bool is_secure)
    : stream(std::move(socket), tls), secure(is_secure) {}

bool Connection::is_quiet() {
    if (buffer.size() > 0 || !tcp().socket().is_open()) return false;
    char byte = 0;
    const auto got = ::recv(tcp().socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

asio::awaitable<error_code> Connection::write(const Message& message) {
    if (secure) {
        auto [ec, size] = co_await beast_http::async_write(stream, message, waited);
        co_return ec;
    }
    auto [ec, size] = co_await beast_http::async_write(tcp(), message, waited);
    co_return ec;
}

asio::awaitable<error_code> Connection::read_head(AnyParser& parser) {
    if (secure) {
        auto [ec, size] = co_await beast_http::async_read_header(stream, buffer, parser, waited);
        co_return ec;
    }
    auto [ec, size] = co_await beast_http::async_read_header(tcp(), buffer, parser, waited);
    co_return ec;
}

asio::awaitable<error_code> Connection::read_rest(AnyParser& parser) {
    if (secure) {
        auto [ec, size] = co_await beast_http::async_read(stream, buffer, parser, waited);
        co_return ec;
    }
    auto [ec, size] = co_await beast_http::async_read(tcp(), buffer, parser, waited);
    co_return ec;
}

asio::awaitable<error_code> Connection::read_some(AnyParser& parser) {
    if (secure) {
        auto [ec, size] = co_await beast_http::async_read_some(stream, buffer, parser, waited);
        co_return ec;
    }
    auto [ec, size] = co_await beast_http::async_read_some(tcp(), buffer, parser, waited);
    co_return ec;
}

}  // namespace http
