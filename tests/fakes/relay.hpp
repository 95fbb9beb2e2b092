// A way to a server that can go deaf: what the server says on some connections is swallowed, while
// they stay open. So are the notifications of a stream lost of which nobody notices that it is
// dead.
#pragma once

#include <array>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace fakes {

class Relay {
public:
    /// To that port of this machine. Swallowed is what is said on a connection once `word` has been
    /// asked there.
    Relay(std::uint16_t to, std::string word) : to_(to), word_(std::move(word)) {
        boost::asio::co_spawn(io_, accept(), boost::asio::detached);
        thread_ = std::thread([this] { io_.run(); });
    }
    ~Relay() {
        io_.stop();
        thread_.join();
    }
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    void be_deaf(bool deaf) { deaf_ = deaf; }
    std::size_t swallowed() const { return swallowed_; }  ///< bytes

private:
    using Socket = boost::asio::ip::tcp::socket;
    struct Connection {
        Connection(Socket from, Socket to) : client(std::move(from)), server(std::move(to)) {}
        Socket client, server;
        bool concerned = false;
    };
    using Shared = std::shared_ptr<Connection>;

    static boost::asio::ip::tcp::endpoint local(std::uint16_t port) {
        return {boost::asio::ip::make_address("127.0.0.1"), port};
    }

    boost::asio::awaitable<void> accept() {
        for (;;) {
            Socket client = co_await acceptor_.async_accept(boost::asio::use_awaitable);
            Socket server(io_);
            const auto endpoint = local(to_);
            co_await server.async_connect(endpoint, boost::asio::use_awaitable);
            const auto both = std::make_shared<Connection>(std::move(client), std::move(server));
            boost::asio::co_spawn(io_, ask(both), boost::asio::detached);
            boost::asio::co_spawn(io_, answer(both), boost::asio::detached);
        }
    }

    boost::asio::awaitable<void> ask(Shared both) {
        std::array<char, 65536> bytes;
        for (;;) {
            const std::string_view said = co_await read(both->client, both->server, bytes);
            if (said.empty()) co_return;
            if (said.find(word_) != std::string_view::npos) both->concerned = true;
            const auto buffer = boost::asio::buffer(said);
            co_await boost::asio::async_write(both->server, buffer, boost::asio::use_awaitable);
        }
    }

    boost::asio::awaitable<void> answer(Shared both) {
        std::array<char, 65536> bytes;
        for (;;) {
            const std::string_view said = co_await read(both->server, both->client, bytes);
            if (said.empty()) co_return;
            if (both->concerned && deaf_) {
                swallowed_ += said.size();
                continue;
            }
            const auto buffer = boost::asio::buffer(said);
            co_await boost::asio::async_write(both->client, buffer, boost::asio::use_awaitable);
        }
    }

    /// Nothing at the end, which is passed on.
    static boost::asio::awaitable<std::string_view> read(
        Socket& from, Socket& to, std::array<char, 65536>& bytes
    ) {
        const auto buffer = boost::asio::buffer(bytes);
        const auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
        const auto [ec, size] = co_await from.async_read_some(buffer, token);
        boost::system::error_code ignored;
        if (ec) to.close(ignored);
        co_return std::string_view(bytes.data(), ec ? 0 : size);
    }

    std::uint16_t to_;
    std::string word_;
    std::atomic<bool> deaf_ = false;
    std::atomic<std::size_t> swallowed_ = 0;
    boost::asio::io_context io_;
    boost::asio::ip::tcp::acceptor acceptor_{io_, local(0)};
    std::thread thread_;
};

}  // namespace fakes
