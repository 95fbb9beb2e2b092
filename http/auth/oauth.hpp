// OAuth2 client credentials (RFC 6749 section 4.4) as a scheme to log in with: a token that is
// fetched once, shared by all connections, renewed ahead of its end and replaced when a server
// refuses it. The form and its answers are http/auth/token_endpoint, the signed proof is
// http/auth/jwt_assertion.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "http/auth/jwt_assertion.hpp"
#include "http/auth/login.hpp"
#include "http/auth/token_endpoint.hpp"
#include "http/transport.hpp"

namespace http {

/// An application as its administrator has registered it.
struct Application {
    TokenRequest request;
    std::variant<ClientSecret, SigningCertificate> proof;
};

/// What time it is, and chance: passed in, so that tests decide. Lives are measured on the steady
/// clock; an assertion and a Retry-After speak of the wall clock.
struct Clocks {
    std::function<std::chrono::steady_clock::time_point()> steady;
    std::function<std::chrono::system_clock::time_point()> wall;
    std::function<double()> random;  ///< in [0, 1)
};

/// All on the thread of the client.
///
/// One fetch is under way at most; who needs a token waits for it, or goes on with the old one
/// while that is valid. A fetch that fails is remembered: until its back-off is over everybody gets
/// its error, or the old token. Errors are sentences for the administrator and hold no secret;
/// errc::bad_url where only he can help.
class OAuth : public Authenticator {
public:
    /// errc::bad_url where the URL is not https (http is for this machine alone) or something is
    /// missing.
    /// @param transport  reaches the token endpoint; outlives the logins. Its own login must not be
    /// this one
    static Result<std::unique_ptr<OAuth>> create(
        Transport& transport, Application application, Clocks clocks
    );
    ~OAuth() override;

    /// A 401 throws the token away, if it is the one that was refused, and fetches another, once;
    /// refused again, or within a minute after that, the refusal stands, but is doubted once where
    /// the same token was accepted before.
    std::unique_ptr<Login> login(
        const Target& server, std::span<const unsigned char> channel_binding
    ) override;
    std::string account() const override;
    bool doubts_refusal() override;

private:
    class Tokens;
    class Bearer;
    explicit OAuth(std::shared_ptr<Tokens> tokens);

    std::shared_ptr<Tokens> tokens_;
};

/// What a server means that answers a token with 401: one sentence, "" where it says nothing about
/// a token (RFC 6750 section 3; Microsoft: "claims challenge").
std::string describe_token_refusal(const Response& answer);

}  // namespace http
