// A server in the test's own thread that does on each connection exactly what a script says, over
// TLS or not. Separate because all socket tests of http/ share it. What it was asked stands in
// `requests`.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/http/certificates.hpp"

namespace testing_http {

namespace asio = boost::asio;
using asio::ip::tcp;
constexpr auto waited = asio::as_tuple(asio::use_awaitable);

struct Step {
    enum class What {
        request,  ///< reads one
        send,     ///< writes `bytes`
        gate,     ///< waits for open_gate()
        hang,     ///< waits until the client goes away
    };
    What what;
    std::string bytes;
};
inline Step request() {
    return {Step::What::request, ""};
}
inline Step send(std::string bytes) {
    return {Step::What::send, std::move(bytes)};
}
inline Step gate() {
    return {Step::What::gate, ""};
}
inline Step hang() {
    return {Step::What::hang, ""};
}

/// The connection is closed after the last step.
using Script = std::vector<Step>;

inline std::string ok(const std::string& body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

class TestServer {
public:
    using Message = boost::beast::http::request<boost::beast::http::string_body>;

    explicit TestServer(asio::io_context& io, const std::string& address = "127.0.0.1")
        : io_(io), acceptor_(io, tcp::endpoint(asio::ip::make_address(address), 0)), gate_(io) {
        gate_.expires_at(asio::steady_timer::time_point::max());
    }

    /// Speaks TLS from now on.
    void use(const Identity& identity) {
        tls_.emplace(asio::ssl::context::tls_server);
        tls_->use_certificate(asio::buffer(certificate_pem(identity)), asio::ssl::context::pem);
        tls_->use_private_key(asio::buffer(key_pem(identity)), asio::ssl::context::pem);
    }

    /// One script a connection, in order of their arrival; no more connections are accepted than
    /// scripts.
    void play(std::vector<Script> scripts) {
        scripts_.assign(scripts.begin(), scripts.end());
        asio::co_spawn(io_, accept(), asio::detached);
    }

    /// Lets one `gate` pass, now or later.
    void open_gate() {
        ++open_;
        gate_.cancel();
    }

    std::string url(const std::string& host = "127.0.0.1") const {
        const std::string scheme = tls_ ? "https://" : "http://";
        return scheme + host + ":" + std::to_string(acceptor_.local_endpoint().port()) + "/path";
    }

    std::vector<Message> requests;
    int connections = 0;
    int gone = 0;   ///< how often `hang` saw the client go
    int ended = 0;  ///< connections closed by the server

private:
    asio::awaitable<void> accept() {
        while (!scripts_.empty()) {
            auto [ec, socket] = co_await acceptor_.async_accept(waited);
            if (ec) co_return;
            ++connections;
            Script script = std::move(scripts_.front());
            scripts_.pop_front();
            asio::co_spawn(io_, serve(std::move(socket), std::move(script)), asio::detached);
        }
    }

    asio::awaitable<void> serve(tcp::socket socket, Script script) {
        if (tls_) {
            co_await serve_tls(std::move(socket), std::move(script));
        } else {
            co_await play_on(socket, std::move(script));
            socket.close();
        }
        ++ended;
    }

    asio::awaitable<void> serve_tls(tcp::socket socket, Script script) {
        asio::ssl::stream<tcp::socket> stream(std::move(socket), *tls_);
        auto [ec] = co_await stream.async_handshake(asio::ssl::stream_base::server, waited);
        if (ec) co_return;
        co_await play_on(stream, std::move(script));
    }

    template <class Stream>
    asio::awaitable<void> play_on(Stream& stream, Script script) {
        boost::beast::flat_buffer buffer;
        for (const Step& step : script) {
            bool goes_on = true;
            if (step.what == Step::What::request) {
                goes_on = co_await read_request(stream, buffer);
            } else if (step.what == Step::What::send) {
                const auto bytes = asio::buffer(step.bytes);
                auto [ec, size] = co_await asio::async_write(stream, bytes, waited);
                goes_on = !ec;
            } else if (step.what == Step::What::gate) {
                while (open_ == 0) {
                    co_await gate_.async_wait(waited);
                }
                --open_;
            } else {
                std::string rest(1, '\0');
                const auto space = asio::buffer(rest);
                auto [ec, size] = co_await asio::async_read(stream, space, waited);
                goes_on = !ec;
                if (ec) ++gone;
            }
            if (!goes_on) co_return;
        }
    }

    template <class Stream>
    asio::awaitable<bool> read_request(Stream& stream, boost::beast::flat_buffer& buffer) {
        boost::beast::http::request_parser<boost::beast::http::string_body> parser;
        parser.body_limit(boost::none);
        auto [ec, size] = co_await boost::beast::http::async_read(stream, buffer, parser, waited);
        if (ec) co_return false;
        requests.push_back(parser.release());
        co_return true;
    }

    asio::io_context& io_;
    tcp::acceptor acceptor_;
    asio::steady_timer gate_;
    int open_ = 0;
    std::optional<asio::ssl::context> tls_;
    std::deque<Script> scripts_;
};

}  // namespace testing_http
