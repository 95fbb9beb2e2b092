// What went wrong with a login by GSSAPI, in words an administrator can act upon: the libraries
// themselves say "Unspecified GSS failure". Separate because tickets and contexts both end here.
#pragma once

#include <gssapi/gssapi.h>
#include <krb5.h>

#include <string>

#include "http/error.hpp"

namespace http {

enum class Mechanism { kerberos, ntlm };

/// Why a login could not be begun or carried on.
struct LoginFailure {
    Error error;  ///< names account and server, never a secret
    /// The password was looked at and refused, or the account is closed: whoever tries it again by
    /// other means comes nearer to a lock-out.
    bool for_good = false;
    /// No KDC answers: trying again soon costs the same wait.
    bool no_kdc = false;
};

/// Who wants to log in where, for texts.
struct LoginNames {
    std::string account;  ///< "" for whoever the ticket cache belongs to
    std::string service;  ///< "HTTP@host"
};

/// @param detail  what the library says itself
LoginFailure kerberos_failure(
    krb5_error_code code, const std::string& detail, const LoginNames& names
);

LoginFailure gss_failure(
    OM_uint32 major, OM_uint32 minor, Mechanism mechanism, const LoginNames& names
);

}  // namespace http
