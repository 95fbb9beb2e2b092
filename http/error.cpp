#include "http/error.hpp"

#include <boost/throw_exception.hpp>
#include <stdexcept>

namespace http {

bool is_transient(errc code) {
    switch (code) {
        case errc::resolve:  // a name server that is down says the same as a misspelt name
        case errc::connect:
        case errc::timeout:
        case errc::closed:
            return true;
        case errc::bad_url:
        case errc::untrusted:
        case errc::tls:
        case errc::too_large:
        case errc::protocol:
        case errc::cancelled:
            return false;
    }
    return false;
}

std::string_view to_text(errc code) {
    switch (code) {
        case errc::bad_url:
            return "bad_url";
        case errc::resolve:
            return "resolve";
        case errc::connect:
            return "connect";
        case errc::untrusted:
            return "untrusted";
        case errc::tls:
            return "tls";
        case errc::timeout:
            return "timeout";
        case errc::closed:
            return "closed";
        case errc::too_large:
            return "too_large";
        case errc::protocol:
            return "protocol";
        case errc::cancelled:
            return "cancelled";
    }
    return "unknown";
}

void throw_exception_from_error(const Error& error, const boost::source_location& where) {
    boost::throw_exception(std::logic_error("http::Result without a value: " + error.text), where);
}

}  // namespace http
