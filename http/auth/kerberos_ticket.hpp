// The first step of Kerberos: from a password or a keytab to a ticket that gets other tickets. By
// libkrb5, because GSSAPI does it too but hides why it failed: a refused password must not be tried
// again by other means.
#pragma once

#include <krb5.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "http/auth/gss_text.hpp"

namespace http {

/// Lies in a cache of its own in memory, which goes with it.
class KerberosTicket {
public:
    /// "MEMORY:…", for the credential store of GSSAPI
    const std::string& cache() const { return cache_; }
    /// Good for five more minutes.
    bool is_fresh() const {
        return std::chrono::steady_clock::now() < ends_ - std::chrono::minutes(5);
    }

private:
    friend struct KerberosTicketMaker;
    std::shared_ptr<void> context_, handle_;  ///< destroyed in the reverse order
    std::string cache_;
    std::chrono::steady_clock::time_point ends_;
};

struct KerberosTicketResult {
    std::optional<KerberosTicket> ticket;
    LoginFailure failure;  ///< without a ticket
};

/// Waits for a KDC. `user` is "name@REALM" or "name" of the realm that krb5.conf names.
KerberosTicketResult ticket_by_password(
    const std::string& user, const std::string& password, const LoginNames& names
);
KerberosTicketResult ticket_by_keytab(
    const std::string& user, const std::string& keytab_file, const LoginNames& names
);

}  // namespace http
