// Why a certificate was not trusted, in words an administrator can act upon. Separate from tls
// because it only reads OpenSSL's structures and decides nothing.
#pragma once

#include <openssl/x509.h>

#include <string>

namespace http {

/// The first thing that was wrong with a chain.
struct TrustFailure {
    int code = X509_V_OK;  ///< X509_V_ERR_…
    std::string reason;    ///< "it expired on 2026-01-31 12:00 UTC"
    /// Of the certificate that was wrong: the server's own, or one above it.
    std::string subject, issuer, valid_from, valid_to;
    std::string fingerprint;  ///< SHA-256
    std::string remedy;
};

/// To be called while OpenSSL verifies, with its current error set.
TrustFailure describe_trust_failure(X509_STORE_CTX* context);

}  // namespace http
