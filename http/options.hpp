// What an administrator may set on the HTTPS client. Separate from the client because the
// preparation of a request needs it too. There is no option that switches certificate checks off or
// allows plain http to another machine, on purpose.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "http/limits.hpp"

namespace http {

struct Options {
    /// PEM file with certificates trusted besides those of the system; "" for none.
    std::string ca_file;
    std::string user_agent = "mailferry/" MAILFERRY_VERSION;
    /// Bytes of an answer's body; streams have no such limit.
    std::size_t body_limit = max_answer_body;
    /// For each of: name look-up, connection to one address, TLS handshake.
    std::chrono::milliseconds connect_deadline{20'000};
};

}  // namespace http
