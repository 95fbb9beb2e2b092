// Parts of a certificate as text for a log: they come from a stranger, so nothing in them may break
// a line. Separate from certificate, which says what is wrong with one.
#pragma once

#include <openssl/x509.h>

#include <string>

namespace http {

/// As RFC 2253 writes it, UTF-8, control characters escaped.
std::string name_text(const X509_NAME* name);

/// "2026-01-31 12:00 UTC"
std::string time_text(const ASN1_TIME* time);

/// The names a certificate is for: subjectAltName only, as everybody does since RFC 6125.
std::string names_text(X509* certificate);

/// SHA-256 as `openssl x509 -fingerprint -sha256` shows it, "AB:01:…".
std::string fingerprint_text(const X509* certificate);

}  // namespace http
