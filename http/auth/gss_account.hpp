// An account of GSSAPI: gets and keeps what proves who it is, and begins logins with it, by
// Kerberos where that can be, else by NTLM. Separate from negotiate because all of it may wait for
// a KDC: used on one thread of its own.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "http/auth/gss.hpp"
#include "http/auth/offer.hpp"

namespace http {

/// Where NTLM does as well, a KDC that is away, or a server that refuses Kerberos, is not asked at
/// every login.
inline constexpr std::chrono::minutes kerberos_rest{10};

struct NegotiateAccount {
    /// "DOMAIN\user": NTLM alone. "user@REALM": Kerberos, then NTLM. "": whoever the tickets of the
    /// process (KRB5CCNAME) belong to.
    std::string user;
    std::string password;  ///< UTF-8; "" for the keytab, or without one the tickets of the process
    std::string keytab;    ///< file with the key of `user`
};

/// A login that has begun.
struct GssStart {
    std::shared_ptr<GssContext> context;
    std::string scheme;  ///< "Negotiate" or "NTLM"
    std::string token;   ///< to be sent, not encoded
};

class GssAccount {
public:
    explicit GssAccount(NegotiateAccount account);

    /// @param kerberos  false where the server is known to refuse it
    Result<GssStart> start(
        const Offer& offer, bool kerberos, const std::string& service, const std::string& binding
    );
    /// The server has refused: what was kept may be out of date.
    void forget();

    bool can_kerberos() const;
    bool can_ntlm() const;

private:
    GssIdentityResult kerberos(const LoginNames& names);
    GssIdentityResult ntlm(const LoginNames& names);
    std::optional<LoginFailure> begin(
        GssIdentityResult made, const LoginNames& names, const std::string& binding, GssStart& start
    );

    const NegotiateAccount account_;
    std::shared_ptr<const GssIdentity> by_ticket_;  ///< of Kerberos, with a ticket of ours
    std::shared_ptr<const GssIdentity> by_ntlm_;
    std::chrono::steady_clock::time_point kerberos_rests_until_;
};

}  // namespace http
