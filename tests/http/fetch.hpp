// One GET over a connection of http::open_connection, for tests of the way to a server that need no
// more of the client.
#pragma once

#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "http/connect.hpp"
#include "tests/http/loop.hpp"

namespace testing_http {

/// The body, or what went wrong; after the connection was there, only the words of OpenSSL.
inline asio::awaitable<http::Result<std::string>> fetch_on(
    asio::io_context& io,
    http::Target target,
    asio::ssl::context& tls,
    std::chrono::milliseconds step,
    std::shared_ptr<const http::Proxy> proxy
) {
    const http::Deadline whole = http::deadline_after(std::chrono::seconds(30));
    auto opened =
        co_await http::open_connection(io.get_executor(), target, tls, whole, step, proxy);
    if (!opened) co_return opened.error();
    http::Connection& connection = **opened;
    http::Message asked(boost::beast::http::verb::get, target.path, 11);
    asked.set(boost::beast::http::field::host, target.host_field);
    connection.tcp().expires_at(whole.at);
    auto ec = co_await connection.write(asked);
    boost::beast::http::response_parser<boost::beast::http::string_body> answer;
    if (!ec) ec = co_await connection.read_rest(answer);
    if (ec) co_return http::describe(ec, http::Phase::waiting, target.origin(), whole);
    co_return std::move(answer.get().body());
}

inline http::Result<std::string> fetch(
    asio::io_context& io,
    const std::string& url,
    asio::ssl::context& tls,
    std::shared_ptr<const http::Proxy> proxy = nullptr,
    std::chrono::milliseconds step = std::chrono::seconds(20)
) {
    const http::Target target = http::read_url(url).value();
    return run(io, fetch_on(io, target, tls, step, std::move(proxy)));
}

}  // namespace testing_http
