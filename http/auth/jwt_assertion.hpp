// A client assertion: the short signed statement by which an application proves to a token endpoint
// that it holds the key of a registered certificate (RFC 7523 section 3; Microsoft: "certificate
// credentials"). Separate from oauth.hpp because it is pure but for reading the files; used by it
// alone.
#pragma once

#include <openssl/types.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "http/error.hpp"

namespace http {

/// How an assertion is signed and how it names its certificate.
enum class Signing {
    ps256,  ///< PSS and SHA-256, header x5t#S256: what Entra asks for
    rs256,  ///< PKCS #1 v1.5 and SHA-256, header x5t with SHA-1: all that AD FS knows, Entra still
            ///< takes it
};

/// A certificate with its private key. Cheap to copy; the key is shared and never leaves OpenSSL.
class SigningCertificate {
public:
    /// PEM files, the key without a passphrase; both may be one file. errc::bad_url, with the name
    /// of the file and what would be right, where they cannot be read, do not belong together, or
    /// are not RSA of 2048 bits or more.
    static Result<SigningCertificate> read(
        const std::string& certificate_file, const std::string& key_file, Signing signing
    );

    /// Valid from `now` for ten minutes, for one use: no two are alike. A secret while it is valid.
    /// errc::bad_url where the certificate has expired or is not valid yet.
    /// @param audience  URL of the token endpoint
    Result<std::string> assertion(
        std::string_view audience,
        std::string_view client_id,
        std::chrono::system_clock::time_point now
    ) const;

private:
    std::string file_;
    std::shared_ptr<X509> certificate_;
    std::shared_ptr<EVP_PKEY> key_;
    Signing signing_ = Signing::ps256;
};

}  // namespace http
