// A URL taken apart into what a connection and a request line need, and the rule which URLs may be
// used. Separate because it is pure: no socket, no name look-up.
#pragma once

#include <string>
#include <string_view>

#include "http/error.hpp"

namespace http {

struct Target {
    bool secure = true;
    std::string host;        ///< name in lower case, or an address without brackets
    std::string port;        ///< decimal, never empty
    std::string host_field;  ///< for the field Host: brackets around IPv6, no default port
    std::string path;        ///< path and query, still percent-encoded
    bool is_address = false;

    /// Connections to equal origins are interchangeable. Also how error texts name the server.
    std::string origin() const;
    bool operator==(const Target&) const = default;
};

/// errc::bad_url for anything but absolute http and https URLs without user information, and for
/// plain http to another machine. Texts do not repeat what may hold a password.
Result<Target> read_url(std::string_view url);

/// localhost, 127.0.0.0/8, ::1
bool is_loopback(std::string_view host);

}  // namespace http
