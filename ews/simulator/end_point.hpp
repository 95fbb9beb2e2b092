// What a login may be tied to, so that nobody in between can pass it on: tls-server-end-point, RFC
// 5929 section 4. Worked out here once more, so that a client is held against something that was
// not made from it. Used by server.cpp.
#pragma once

#include <openssl/x509.h>

#include <string>

namespace ews::simulator {

/// With the name of the kind of binding before it, as GSSAPI wants it (RFC 5056 section 2.1).
std::string end_point_binding(const X509* certificate);

}  // namespace ews::simulator
