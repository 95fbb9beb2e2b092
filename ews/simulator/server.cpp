#include "ews/simulator/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <cstdio>
#include <optional>
#include <thread>

#include "ews/simulator/end_point.hpp"
#include "ews/simulator/session.hpp"

namespace ews::simulator {

namespace {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
using asio::ip::tcp;

constexpr auto token = asio::as_tuple(asio::use_awaitable);

std::optional<ssl::context> make_tls(const Options& options) {
    if (options.certificate.empty()) return std::nullopt;
    ssl::context context(ssl::context::tls_server);
    context.set_options(ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
    context.use_certificate_chain_file(options.certificate);
    context.use_private_key_file(options.private_key, ssl::context::pem);
    return context;
}

/// What logins may be bound to; "" without TLS.
std::string end_point_of(std::optional<ssl::context>& tls) {
    if (!tls) return {};
    return end_point_binding(SSL_CTX_get0_certificate(tls->native_handle()));
}

tcp::acceptor listen(asio::io_context& io, const Options& options) {
    const tcp::endpoint endpoint(asio::ip::make_address(options.address), options.port);
    return tcp::acceptor(io, endpoint, true);
}

/// A connection that fails must not take the server with it.
void report(const std::exception_ptr& failure) {
    if (!failure) return;
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "mailferry-exchange: connection ended: %s\n", error.what());
    }
}

}  // namespace

struct Server::Implementation {
    Implementation(const Options& options, Organization& organization, std::mutex& guard)
        : tls(make_tls(options)),
          shared{
              organization,
              guard,
              options.heartbeat,
              options.latency,
              Ledger(options.budget),
              Doorkeeper(options.login, end_point_of(tls))} {
        auto acceptor = listen(io, options);
        port = acceptor.local_endpoint().port();
        asio::co_spawn(io, accept(std::move(acceptor)), report);
        const std::lock_guard lock(guard);
        organization.subscriptions.on_change([this] { asio::post(io, [this] { wake(); }); });
    }

    void start() {
        thread = std::thread([this] { io.run(); });
    }

    ~Implementation() {
        {
            const std::lock_guard lock(shared.guard);
            shared.organization.subscriptions.on_change({});
        }
        io.stop();
        if (thread.joinable()) thread.join();
    }

    void wake() {
        for (auto* const timer : shared.waiting) timer->cancel();
    }

    void serve(tcp::socket socket) {
        boost::beast::tcp_stream stream(std::move(socket));
        if (!tls) {
            asio::co_spawn(io, ews::simulator::serve(Wire(std::move(stream)), shared), report);
            return;
        }
        asio::co_spawn(io, ews::simulator::serve(Wire(std::move(stream), *tls), shared), report);
    }

    asio::awaitable<void> accept(tcp::acceptor acceptor) {
        asio::steady_timer pause(io);
        for (;;) {
            auto [error, socket] = co_await acceptor.async_accept(token);
            if (error == asio::error::operation_aborted) co_return;
            if (error) {  // no descriptor left, say: the next attempt would fail as quickly
                pause.expires_after(std::chrono::milliseconds(100));
                co_await pause.async_wait(token);
                continue;
            }
            boost::system::error_code ignored;
            socket.set_option(tcp::no_delay(true), ignored);
            serve(std::move(socket));
        }
    }

    std::optional<ssl::context> tls;
    Shared shared;
    unsigned short port = 0;
    std::thread thread;
    asio::io_context io{1};  // last: its destructor ends the coroutines, which use all of the above
};

Server::Server(const Options& options, Organization& organization, std::mutex& guard)
    : implementation_(std::make_unique<Implementation>(options, organization, guard)) {
    implementation_->start();
}

Server::~Server() = default;

unsigned short Server::port() const {
    return implementation_->port;
}

}  // namespace ews::simulator
