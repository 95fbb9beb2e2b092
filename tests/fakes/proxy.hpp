// An HTTP proxy (CONNECT) in a thread of its own. Whatever server is asked for, its tunnels lead to
// one port of this machine; it refuses, dribbles and breaks off as it is told to.
#pragma once

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace fakes {

struct ProxyBehaviour {
    std::string login;  ///< value of Proxy-Authorization that it demands; "" for none
    std::string answer = "HTTP/1.1 200 Connection established\r\n\r\n";
    std::string demand =
        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"fake\"\r\n"
        "Content-Length: 0\r\n\r\n";
    bool dribbles = false;                            ///< its answer comes byte by byte
    std::size_t says = static_cast<std::size_t>(-1);  ///< bytes of its answer
    bool hangs =
        false;  ///< stays silent after its answer; else it opens the tunnel after one of 200
};

class Proxy {
public:
    explicit Proxy(std::uint16_t to, ProxyBehaviour behaviour = {})
        : to_(to), behaviour_(std::move(behaviour)) {
        boost::asio::co_spawn(io_, accept(), boost::asio::detached);
        thread_ = std::thread([this] { io_.run(); });
    }
    ~Proxy() {
        io_.stop();
        thread_.join();
    }
    Proxy(const Proxy&) = delete;
    Proxy& operator=(const Proxy&) = delete;

    std::string url() const {
        return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
    }
    /// The requests that came, request line and fields.
    std::vector<std::string> asked() const {
        const std::lock_guard lock(mutex_);
        return asked_;
    }

private:
    using Socket = boost::asio::ip::tcp::socket;
    using Shared = std::shared_ptr<Socket>;
    static constexpr auto waited = boost::asio::as_tuple(boost::asio::use_awaitable);

    static boost::asio::ip::tcp::endpoint local(std::uint16_t port) {
        return {boost::asio::ip::make_address("127.0.0.1"), port};
    }

    boost::asio::awaitable<void> accept() {
        for (;;) {
            auto [ec, socket] = co_await acceptor_.async_accept(waited);
            if (ec) co_return;
            const auto client = std::make_shared<Socket>(std::move(socket));
            boost::asio::co_spawn(io_, serve(client), boost::asio::detached);
        }
    }

    boost::asio::awaitable<void> serve(Shared client) {
        std::string head;
        const auto buffer = boost::asio::dynamic_buffer(head);
        const std::string end = "\r\n\r\n";
        auto [ec, size] = co_await boost::asio::async_read_until(*client, buffer, end, waited);
        if (ec) co_return;
        remember(head);
        const bool allowed = behaviour_.login.empty() || head.find(behaviour_.login) != head.npos;
        const std::string answer = allowed ? behaviour_.answer : behaviour_.demand;
        const bool said = co_await say(*client, answer.substr(0, behaviour_.says));
        if (!said) co_return;
        if (behaviour_.hangs) co_await wait_for_end(*client);
        if (behaviour_.hangs || answer.find(" 200 ") == answer.npos) co_return;
        if (behaviour_.says < answer.size()) co_return;
        const auto server = std::make_shared<Socket>(io_);
        const auto endpoint = local(to_);
        auto [failed] = co_await server->async_connect(endpoint, waited);
        if (failed) co_return;
        boost::asio::co_spawn(io_, pump(client, server), boost::asio::detached);
        boost::asio::co_spawn(io_, pump(server, client), boost::asio::detached);
    }

    void remember(const std::string& head) {
        const std::lock_guard lock(mutex_);
        asked_.push_back(head);
    }

    boost::asio::awaitable<bool> say(Socket& client, std::string text) {
        const std::size_t step = behaviour_.dribbles ? 1 : std::max<std::size_t>(text.size(), 1);
        for (std::size_t at = 0; at < text.size(); at += step) {
            const auto bytes = boost::asio::buffer(text.data() + at, step);
            auto [ec, size] = co_await boost::asio::async_write(client, bytes, waited);
            if (ec) co_return false;
        }
        co_return true;
    }

    static boost::asio::awaitable<void> wait_for_end(Socket& client) {
        std::array<char, 1> byte;
        const auto buffer = boost::asio::buffer(byte);
        auto [ec, size] = co_await client.async_read_some(buffer, waited);
        static_cast<void>(ec);
    }

    static boost::asio::awaitable<void> pump(Shared from, Shared to) {
        std::array<char, 16384> bytes;
        for (;;) {
            const auto space = boost::asio::buffer(bytes);
            auto [ec, size] = co_await from->async_read_some(space, waited);
            boost::system::error_code ignored;
            if (ec) to->shutdown(Socket::shutdown_send, ignored);
            if (ec) co_return;
            const auto said = boost::asio::buffer(bytes, size);
            auto [failed, written] = co_await boost::asio::async_write(*to, said, waited);
            if (failed) co_return;
        }
    }

    std::uint16_t to_;
    ProxyBehaviour behaviour_;
    boost::asio::io_context io_;
    boost::asio::ip::tcp::acceptor acceptor_{io_, local(0)};
    mutable std::mutex mutex_;
    std::vector<std::string> asked_;  ///< guarded by mutex_
    std::thread thread_;
};

}  // namespace fakes
