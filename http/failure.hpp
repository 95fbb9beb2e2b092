// From an error code of a socket to a sentence: which server, during what, and how long we waited.
// Separate because connecting, exchanging and streaming all end here.
#pragma once

#include <boost/system/error_code.hpp>
#include <chrono>
#include <cstddef>
#include <string>

#include "http/error.hpp"

namespace http {

enum class Phase { looking_up, connecting, handshake, sending, waiting, reading };

/// A point in time, and how far away it was when it was set.
struct Deadline {
    std::chrono::steady_clock::time_point at;
    std::chrono::milliseconds length;
};

Deadline deadline_after(std::chrono::milliseconds length);
Deadline sooner(const Deadline& a, const Deadline& b);

/// `server` is an origin, as Target::origin() gives it.
Error describe(
    const boost::system::error_code& code,
    Phase phase,
    const std::string& server,
    const Deadline& deadline
);

Error too_large(const std::string& server, std::size_t limit);

/// The answer exceeds the limit that the parser was given for its body.
bool is_body_limit(const boost::system::error_code& code);

}  // namespace http
