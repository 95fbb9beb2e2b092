// Somebody between the agent and the server, such as a gateway, who changes what is said without
// changing who says it: what the simulator has no script for. In a thread of its own.
#pragma once

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>

namespace failures {

/// Changes what was read at once: a whole message where that is short. Runs on the thread of the
/// meddler.
using Change = std::function<std::string(std::string)>;

inline std::uint16_t port_of(const std::string& url) {
    const auto host = url.find("://") + 3;
    return static_cast<std::uint16_t>(std::stoi(url.substr(url.find(':', host) + 1)));
}

class Meddler {
public:
    /// Before the server at `url`; without a change all is passed on as it is.
    explicit Meddler(const std::string& url, Change asked = {}, Change answered = {})
        : to_(port_of(url)), asked_(std::move(asked)), answered_(std::move(answered)) {
        boost::asio::co_spawn(io_, accept(), boost::asio::detached);
        thread_ = std::thread([this] { io_.run(); });
    }
    ~Meddler() {
        io_.stop();
        thread_.join();
    }
    Meddler(const Meddler&) = delete;
    Meddler& operator=(const Meddler&) = delete;

    std::string url() const {
        return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) +
               "/EWS/Exchange.asmx";
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
            const auto server = std::make_shared<Socket>(io_);
            const auto endpoint = local(to_);
            auto [failed] = co_await server->async_connect(endpoint, waited);
            if (failed) continue;
            boost::asio::co_spawn(io_, pass(client, server, asked_), boost::asio::detached);
            boost::asio::co_spawn(io_, pass(server, client, answered_), boost::asio::detached);
        }
    }

    static boost::asio::awaitable<void> pass(Shared from, Shared to, Change change) {
        std::array<char, 65536> bytes;
        for (;;) {
            const auto space = boost::asio::buffer(bytes);
            auto [ec, size] = co_await from->async_read_some(space, waited);
            boost::system::error_code ignored;
            if (ec) to->close(ignored);
            if (ec) co_return;
            std::string said(bytes.data(), size);
            if (change) said = change(std::move(said));
            const auto buffer = boost::asio::buffer(said);
            auto [failed, written] = co_await boost::asio::async_write(*to, buffer, waited);
            if (failed) co_return;
        }
    }

    std::uint16_t to_;
    Change asked_, answered_;
    boost::asio::io_context io_;
    boost::asio::ip::tcp::acceptor acceptor_{io_, local(0)};
    std::thread thread_;
};

}  // namespace failures
