#include "http/error.hpp"

#include <boost/throw_exception.hpp>
#include <stdexcept>

namespace http {

void throw_exception_from_error(const Error& error, const boost::source_location& where) {
    boost::throw_exception(std::logic_error("http::Result without a value: " + error.text), where);
}

}  // namespace http
