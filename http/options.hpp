// What an administrator may set on the HTTPS client. Separate from the client because the
// preparation of a request needs it too. There is no option that switches certificate checks off or
// allows plain http to another machine, on purpose.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "http/limits.hpp"

namespace http {

class Authenticator;  // http/auth/login.hpp

/// Who we are, for servers and gateways that ask for a certificate. PEM files.
struct ClientCertificate {
    std::string file;      ///< the certificate, those of its issuers behind it; "" for none
    std::string key_file;  ///< its key, without a passphrase; "" if it stands in `file`
};

/// The way to https servers. Servers on this machine are always reached directly.
struct ProxyOptions {
    std::string url;            ///< "http://proxy.example:3128"; "" for none
    std::string authorization;  ///< for Proxy-Authorization, "Basic …"; "" for none; a secret
    /// Reached directly: a host by its name or address, or by ".example.org" all below that.
    std::vector<std::string> no_proxy;
};

struct Options {
    std::shared_ptr<Authenticator> authenticator;  ///< null: requests carry their own credentials
    /// PEM file with certificates trusted besides those of the system; "" for none.
    std::string ca_file;
    ClientCertificate client_certificate;
    ProxyOptions proxy;
    std::string user_agent = "mailferry/" MAILFERRY_VERSION;
    /// Bytes of an answer's body; streams have no such limit.
    std::size_t body_limit = max_answer_body;
    /// For each of: name look-up, connection to one address, the answer of a proxy, TLS handshake.
    std::chrono::milliseconds connect_deadline{20'000};
};

}  // namespace http
