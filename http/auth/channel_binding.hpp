// The fingerprint of a TLS connection that a login may be tied to, so that nobody in between can
// pass it on: Extended Protection, which Exchange 2019 CU14 and SE switch on. RFC 5929 section 4,
// tls-server-end-point.
#pragma once

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <vector>

namespace http {

/// Hash of the certificate: by the hash of its signature, SHA-256 instead of MD5, SHA-1 and none.
std::vector<unsigned char> server_end_point(const X509* certificate);

/// The same of the certificate that the server showed; empty where it showed none.
std::vector<unsigned char> server_end_point(const SSL* connection);

}  // namespace http
