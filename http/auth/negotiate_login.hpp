// One connection that is logged in by GSSAPI: what was said so far, and what comes next. Separate
// from negotiate.hpp because only the authenticator there makes it.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "http/auth/gss_account.hpp"
#include "http/auth/gss_thread.hpp"
#include "http/auth/login.hpp"

namespace http {

/// What the next connection to a server may take for granted.
struct GssHabits {
    Offer offer;
    bool asks_each_time =
        false;  ///< Kerberos counts for one request only (IIS: authPersistNonNTLM)
    /// It has refused Kerberos but taken NTLM.
    std::chrono::steady_clock::time_point kerberos_rests_until;
    bool kerberos_rests() const { return std::chrono::steady_clock::now() < kerberos_rests_until; }
};

/// `account` is touched on `thread` alone, `habits` on the thread of the client.
struct GssShared {
    explicit GssShared(NegotiateAccount used) : user(used.user), account(std::move(used)) {}

    std::string user;
    std::map<std::string, GssHabits> habits;  ///< by origin
    GssAccount account;
    GssThread thread;  ///< last: ends before what it uses
};

class NegotiateLogin : public Login {
public:
    NegotiateLogin(GssShared& shared, const Target& server, std::span<const unsigned char> binding)
        : shared_(shared),
          server_(server.origin()),
          service_("HTTP@" + server.host),
          binding_(binding.begin(), binding.end()),
          habits_(shared.habits[server_]) {}

    boost::asio::awaitable<Result<Credentials>> begin() override;
    boost::asio::awaitable<Result<std::optional<Credentials>>> answer(
        std::vector<std::string> challenges
    ) override;
    Result<void> accepted(const std::vector<std::string>& challenges) override;

private:
    enum class State {
        unknown,    ///< nothing was sent yet
        asking,     ///< what the server offers
        proving,    ///< context_ is at work
        logged_in,  ///< the connection is
        open,       ///< the server wanted no login
    };
    using Next = std::optional<Credentials>;

    boost::asio::awaitable<Result<Credentials>> start(bool kerberos);
    boost::asio::awaitable<Result<Next>> go_on(std::string token);
    boost::asio::awaitable<Result<Next>> refused();
    bool is_kerberos() const { return context_ && context_->mechanism() == Mechanism::kerberos; }
    Credentials say(const std::string& token) const;

    GssShared& shared_;
    const std::string server_, service_, binding_;
    GssHabits& habits_;
    State state_ = State::unknown;
    std::shared_ptr<GssContext> context_;
    std::string scheme_;
    bool tried_kerberos_ = false, tried_ntlm_ = false;  ///< for this request
};

}  // namespace http
