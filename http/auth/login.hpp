// How to log in to a server: one Authenticator for an account, one Login for a connection. Schemes stand beside this
// file; http/client asks them what to send and shows them what the server said (RFC 9110 section 11).
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "http/error.hpp"
#include "http/url.hpp"

namespace http {

/// What goes with the next request.
struct Credentials {
    std::string authorization;  ///< value of that field, "" for none; a secret
    /// The server will ask once more before it reads: send the request without its body, which would be sent in vain.
    bool without_body = false;
};

/// Used by one exchange at a time, on the thread of the client.
class Login {
public:
    virtual ~Login() = default;
    /// For the next request on this connection.
    virtual boost::asio::awaitable<Result<Credentials>> begin() = 0;
    /// After an answer 401: what to try next on the same connection; nothing where the server has refused for good.
    /// `challenges` are the values of WWW-Authenticate, one a field.
    virtual boost::asio::awaitable<Result<std::optional<Credentials>>> answer(
        std::vector<std::string> challenges
    ) = 0;
    /// After any other answer; `challenges` as before, mostly empty. Not after an error without challenges to a request
    /// with credentials: a gateway may have sent it, and the connection gets a new Login. A server that does not prove who it is, where the
    /// scheme lets it prove that, is an error.
    virtual Result<void> accepted(const std::vector<std::string>& challenges) = 0;
};

/// Lives longer than its logins.
class Authenticator {
public:
    virtual ~Authenticator() = default;
    /// @param channel_binding  tls-server-end-point of the connection (RFC 5929), empty without TLS
    virtual std::unique_ptr<Login> login(const Target& server, std::span<const unsigned char> channel_binding) = 0;
    /// Says in error texts who logs in; holds no secret.
    virtual std::string account() const = 0;
    /// After a server's last word 401: whether it is worth one more try, on a new connection. Where the same was
    /// accepted before it may be a slip of the server (a gateway, a thread pool that is full); true once between two
    /// acceptances, so that what has become wrong is not tried again and again: accounts lock.
    virtual bool doubts_refusal() { return false; }
};

}  // namespace http
