// The few things of GSSAPI (RFC 2743) that logging in to a web server needs, with owners for its
// handles. Separate so that nothing else sees that interface; used by negotiate. All of it may wait
// for a KDC: not for an io thread.
#pragma once

#include <gssapi/gssapi.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/auth/gss_text.hpp"
#include "http/auth/kerberos_ticket.hpp"

namespace http {

template <class Handle, auto release>
struct GssRelease {
    void operator()(Handle handle) const {
        OM_uint32 ignored = 0;
        release(&ignored, &handle);
    }
};
using GssCredential =
    std::unique_ptr<gss_cred_id_struct, GssRelease<gss_cred_id_t, gss_release_cred>>;
using GssName = std::unique_ptr<gss_name_struct, GssRelease<gss_name_t, gss_release_name>>;

/// Proof of who we are. Shared by the logins of an account; a login uses it on the thread of all
/// GSSAPI calls.
struct GssIdentity {
    Mechanism mechanism = Mechanism::kerberos;
    std::optional<KerberosTicket> ticket;  ///< what `credential` was made of, if it is ours
    GssCredential credential;              ///< with Kerberos for SPNEGO, which speaks it
    GssCredential bare;                    ///< with Kerberos for itself
};

struct GssIdentityResult {
    std::shared_ptr<const GssIdentity> identity;  ///< null for a failure
    LoginFailure failure;
};

/// By the tickets in `ticket`, or by those of the process (KRB5CCNAME) without one; of `user` if
/// that is not "".
GssIdentityResult kerberos_identity(
    std::optional<KerberosTicket> ticket, const std::string& user, const LoginNames& names
);
/// Asks no server.
GssIdentityResult ntlm_identity(
    const std::string& user, const std::string& password, const LoginNames& names
);

/// One login under way. By one thread at a time.
class GssContext {
public:
    /// @param binding  tls-server-end-point, "" without TLS
    GssContext(
        std::shared_ptr<const GssIdentity> identity, LoginNames names, std::string_view binding
    );
    GssContext(const GssContext&) = delete;
    GssContext& operator=(const GssContext&) = delete;
    ~GssContext();

    /// From what the server said, "" at first, to what to say next, "" for nothing more.
    std::optional<LoginFailure> step(std::string_view from_server, std::string& to_server);

    Mechanism mechanism() const { return identity_->mechanism; }
    /// Nothing more to say or to hear. With Kerberos the server has then proved that it is what it
    /// says.
    bool complete() const { return complete_; }

private:
    LoginFailure describe(OM_uint32 major, OM_uint32 minor) const;

    std::shared_ptr<const GssIdentity> identity_;
    LoginNames names_;
    std::string binding_;
    GssName service_;
    gss_ctx_id_t context_ = GSS_C_NO_CONTEXT;
    bool complete_ = false;
};

}  // namespace http
