// The HTTPS client of the whole program: keep-alive connections, deadlines, limits, streams. Used
// by ews/ and crm/ through http/transport.hpp; made once by the agent. Redirects are answers like
// others: not followed.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "http/call.hpp"
#include "http/options.hpp"
#include "http/pool.hpp"
#include "http/proxy.hpp"
#include "http/transport.hpp"

namespace http {

/// Used from the one thread that runs its executor. Must outlive its exchanges; streams may outlive
/// it.
///
/// A request goes out once, with one exception: when a kept connection breaks before the first byte
/// of an answer (the server closed it in the same moment), a request that is `repeatable` is sent
/// again on a new one. Others end with errc::closed, since the server may have carried them out:
/// look before asking again; for some minutes after that they go on new connections only.
///
/// With an authenticator every connection logs in, streams too. What a server asks meanwhile (401) is
/// answered here, and a refusal that the authenticator doubts is tried once more on a new connection;
/// a 401 that comes back is its refusal, and asking on brings an account nearer to a lock-out.
class Client : public Transport {
public:
    /// Fails if the ca-file cannot be used.
    static Result<std::unique_ptr<Client>> create(
        boost::asio::any_io_executor executor, Options options
    );

    boost::asio::awaitable<Result<Response>> exchange(Request request) override;
    boost::asio::awaitable<Result<std::unique_ptr<Stream>>> open_stream(Request request) override;
    boost::asio::awaitable<Result<Response>> download(Request request, TakeBody take) override;

private:
    struct Attempt;

    Client(
        boost::asio::any_io_executor executor,
        std::shared_ptr<boost::asio::ssl::context> tls,
        std::shared_ptr<const Proxy> proxy,
        Options options
    );
    boost::asio::awaitable<Result<std::unique_ptr<Connection>>> connect(const Call& call);
    boost::asio::awaitable<Attempt> attempt(std::unique_ptr<Connection> connection, Call& call);
    boost::asio::awaitable<Attempt> attempt_kept_or_new(Call& call);
    boost::asio::awaitable<Attempt> attempt_anew(Call& call);
    bool doubts(const Call& call, unsigned status) const;
    void prepare_login(Connection& connection, const Call& call) const;
    void keep(std::unique_ptr<Connection> connection, const Call& call);

    boost::asio::any_io_executor executor_;
    std::shared_ptr<boost::asio::ssl::context> tls_;
    std::shared_ptr<const Proxy> proxy_;  ///< null for none
    Options options_;
    Pool pool_;
};

}  // namespace http
