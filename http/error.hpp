// What can go wrong on the way to a server, as a value: the code is for the program, the text for
// the admin (it names the server and the remedy, never a secret). An HTTP status is not an error
// here.
#pragma once

#include <boost/system/result.hpp>
#include <string>

namespace http {

enum class errc {
    bad_url,      ///< the URL, or a field or credential that goes with it, cannot be used
    resolve,      ///< the host name is unknown
    connect,      ///< nobody listens, no route
    untrusted,    ///< the certificate is not trusted, expired or for another name
    tls,          ///< the TLS handshake failed for another reason
    timeout,      ///< a deadline passed
    closed,       ///< the connection was cut before the answer was complete
    too_large,    ///< the answer exceeds a bound of http/limits.hpp
    protocol,     ///< the answer is no HTTP
    cancelled,    ///< stopped by us
    login_rests,  ///< the server has refused the account, and is not asked again so soon
};

struct Error {
    errc code = errc::closed;
    std::string text;
    bool operator==(const Error&) const = default;
};

template <class T>
using Result = boost::system::result<T, Error>;

[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location&);

}  // namespace http
