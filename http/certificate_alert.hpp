// What servers say, by alerts of TLS, who want a certificate of us or do not like ours. Separate
// from failure because the handshake knows more about it than the code of an error tells.
#pragma once

#include <openssl/ssl.h>

#include <boost/system/error_code.hpp>
#include <optional>
#include <string>

#include "http/error.hpp"

namespace http {

/// The alert by which a server refused our certificate, or asked for one in vain. In TLS 1.3 it
/// comes after the handshake, instead of the answer to the first request. Nothing for other codes.
std::optional<Error> refused_certificate(
    const boost::system::error_code& code, const std::string& server
);

/// The same for a handshake that failed, of which more is known: a server may say no more than
/// "handshake failure" (TLS 1.2).
std::optional<Error> handshake_refusal(
    const boost::system::error_code& code, const std::string& server, SSL* handshake
);

}  // namespace http
