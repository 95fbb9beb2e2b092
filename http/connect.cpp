#include "http/connect.hpp"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <utility>

#include "http/certificate_alert.hpp"
#include "http/tunnel.hpp"

namespace http {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto waited = asio::as_tuple(asio::use_awaitable);

/// A look-up cannot be interrupted (getaddrinfo), but we need not wait for it: it then ends alone.
struct LookUp {
    explicit LookUp(const asio::any_io_executor& executor) : resolver(executor), done(executor) {}

    tcp::resolver resolver;
    asio::steady_timer done;
    std::optional<error_code> outcome;
    tcp::resolver::results_type addresses;
};

/// Where the next TCP connection goes: to the server or to a proxy.
struct Hop {
    const Target& address;
    std::string name;  ///< for error texts
};

asio::awaitable<Result<tcp::resolver::results_type>> look_up(
    asio::any_io_executor executor, const Hop& hop, Deadline deadline
) {
    const auto query = std::make_shared<LookUp>(executor);
    query->done.expires_at(deadline.at);
    query->resolver.async_resolve(
        hop.address.host,
        hop.address.port,
        tcp::resolver::numeric_service,
        [query](const error_code& ec, tcp::resolver::results_type addresses) {
            query->outcome = ec;
            query->addresses = std::move(addresses);
            query->done.cancel();
        }
    );
    auto [ec] = co_await query->done.async_wait(waited);
    error_code outcome = boost::beast::error::timeout;
    if (ec) outcome = ec;
    if (query->outcome) outcome = *query->outcome;
    if (outcome) co_return describe(outcome, Phase::looking_up, hop.name, deadline);
    co_return query->addresses;
}

/// Streams are silent for long: let the kernel find out about dead peers and keep firewalls awake.
/// Best effort: a connection without these options works as well.
void tune(tcp::socket& socket) {
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    socket.set_option(asio::socket_base::keep_alive(true), ignored);
    const std::pair<int, int> intervals[] = {
        {TCP_KEEPIDLE, 30}, {TCP_KEEPINTVL, 10}, {TCP_KEEPCNT, 3}};
    for (const auto& [option, value] : intervals) {
        ::setsockopt(socket.native_handle(), IPPROTO_TCP, option, &value, sizeof value);
    }
}

asio::awaitable<Result<tcp::socket>> reach(
    asio::any_io_executor executor,
    const tcp::resolver::results_type& addresses,
    const Hop& hop,
    Deadline whole,
    std::chrono::milliseconds step
) {
    std::optional<Error> first;  // the preferred address, hence the most telling
    for (const auto& address : addresses) {
        boost::beast::tcp_stream stream(executor);
        const Deadline deadline = sooner(whole, deadline_after(step));
        stream.expires_at(deadline.at);
        const tcp::endpoint endpoint = address.endpoint();
        auto [ec] = co_await stream.async_connect(endpoint, waited);
        if (!ec) {
            tune(stream.socket());
            co_return stream.release_socket();
        }
        if (ec == asio::error::operation_aborted || whole.at <= std::chrono::steady_clock::now()) {
            co_return describe(ec, Phase::connecting, hop.name, whole);
        }
        if (!first) first = describe(ec, Phase::connecting, hop.name, deadline);
    }
    if (first) co_return *first;
    co_return Error{errc::resolve, hop.name + ": the host name has no address"};
}

asio::awaitable<std::optional<Error>> shake_hands(
    Connection& connection, const Target& target, Deadline deadline
) {
    const auto failure = expect_server(connection.stream, target);
    if (!failure) co_return failure.error();
    connection.tcp().expires_at(deadline.at);
    auto [ec] = co_await connection.stream.async_handshake(asio::ssl::stream_base::client, waited);
    if (!ec) co_return std::nullopt;
    if ((*failure)->code != X509_V_OK) co_return untrusted(target.origin(), **failure);
    const auto refused = handshake_refusal(ec, target.origin(), connection.stream.native_handle());
    if (refused) co_return *refused;
    co_return describe(ec, Phase::handshake, target.origin(), deadline);
}

/// Some proxies open TLS connections, and all of them can be what is wrong.
Error through(const Proxy& proxy, Error error) {
    error.text += ". The connection goes through the proxy " + proxy.address.origin();
    if (error.code == errc::untrusted) {
        error.text += "; if that opens TLS connections, its CA belongs into the ca-file";
    }
    return error;
}

}  // namespace

asio::awaitable<Result<std::unique_ptr<Connection>>> open_connection(
    asio::any_io_executor executor,
    Target target,
    asio::ssl::context& tls,
    Deadline whole,
    std::chrono::milliseconds step,
    std::shared_ptr<const Proxy> proxy
) {
    if (proxy && !proxy->is_for(target)) proxy = nullptr;
    const Hop hop{
        proxy ? proxy->address : target, proxy ? proxy->name_on_way_to(target) : target.origin()};
    Deadline deadline = sooner(whole, deadline_after(step));
    const auto addresses = co_await look_up(executor, hop, deadline);
    if (!addresses) co_return addresses.error();
    auto socket = co_await reach(executor, *addresses, hop, whole, step);
    if (!socket) co_return socket.error();
    boost::beast::tcp_stream stream(std::move(*socket));
    auto connection = std::make_unique<Connection>(std::move(stream), tls, target.secure);
    if (proxy) {
        deadline = sooner(whole, deadline_after(step));
        const auto error = co_await open_tunnel(connection->tcp(), *proxy, target, deadline);
        if (error) co_return *error;
    }
    if (target.secure) {
        deadline = sooner(whole, deadline_after(step));
        const auto error = co_await shake_hands(*connection, target, deadline);
        if (error && proxy) co_return through(*proxy, *error);
        if (error) co_return *error;
    }
    co_return connection;
}

}  // namespace http
