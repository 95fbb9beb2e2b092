#include "ews/simulator/wire.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <chrono>

#include "ews/simulator/limits.hpp"

namespace ews::simulator {

namespace {

using boost::asio::awaitable;

constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);

}  // namespace

Wire::Plain& Wire::tcp() {
    if (auto* const plain = std::get_if<Plain>(&stream_)) return *plain;
    return std::get<Tls>(stream_).next_layer();
}

awaitable<bool> Wire::accept() {
    auto* const tls = std::get_if<Tls>(&stream_);
    if (tls == nullptr) co_return true;
    const auto side = boost::asio::ssl::stream_base::server;
    tcp().expires_after(limits::idle_connection);
    const auto [error] = co_await tls->async_handshake(side, token);
    co_return !error;
}

awaitable<std::size_t> Wire::read(std::span<char> into) {
    tcp().expires_after(limits::idle_connection);
    const auto buffer = boost::asio::buffer(into.data(), into.size());
    if (auto* const tls = std::get_if<Tls>(&stream_)) {
        const auto [error, size] = co_await tls->async_read_some(buffer, token);
        co_return error ? 0 : size;
    }
    const auto [error, size] = co_await tcp().async_read_some(buffer, token);
    co_return error ? 0 : size;
}

awaitable<bool> Wire::write(std::string bytes) {
    tcp().expires_after(limits::idle_connection);
    const auto buffer = boost::asio::buffer(bytes);
    if (auto* const tls = std::get_if<Tls>(&stream_)) {
        const auto [error, size] = co_await boost::asio::async_write(*tls, buffer, token);
        co_return !error;
    }
    const auto [error, size] = co_await boost::asio::async_write(tcp(), buffer, token);
    co_return !error;
}

awaitable<void> Wire::close() {
    boost::system::error_code ignored;
    if (auto* const tls = std::get_if<Tls>(&stream_)) {
        tcp().expires_after(std::chrono::seconds(5));
        co_await tls->async_shutdown(token);
    }
    tcp().socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
}

}  // namespace ews::simulator
