// Which servers we believe: TLS 1.2 or later, the certificate always verified, for the right name.
// Separate from the client so that this is the one place to look for it; there is no way to switch
// it off.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <memory>
#include <string>

#include "http/certificate.hpp"
#include "http/error.hpp"
#include "http/options.hpp"
#include "http/url.hpp"

namespace http {

using TlsStream = boost::asio::ssl::stream<boost::beast::tcp_stream>;

/// Trusts the certificates of the system and those of `ca_file` (PEM; "" for none). Shows `own` to
/// servers that ask for a certificate. errc::untrusted names the file and the remedy.
Result<boost::asio::ssl::context> make_tls_context(
    const std::string& ca_file, const ClientCertificate& own = {}
);

/// Makes `stream` ask for and insist on the name of `target`. What was wrong is found in the result
/// after a handshake that failed (code X509_V_OK if it was not the certificate). errc::tls if
/// OpenSSL refuses the name.
Result<std::shared_ptr<const TrustFailure>> expect_server(TlsStream& stream, const Target& target);

/// errc::untrusted with reason, remedy, and the certificate by subject, dates and fingerprint.
Error untrusted(const std::string& server, const TrustFailure& failure);

}  // namespace http
