// The Authorization field of the Basic scheme, RFC 7617. Separate as every scheme is; used by
// whoever builds requests. The value is a secret: it belongs into no log and no error text.
#pragma once

#include <string_view>

#include "http/transport.hpp"

namespace http {

/// Both in UTF-8. errc::bad_url if they cannot be sent this way: a colon in the user name, a
/// control character.
Result<Field> basic_authorization(std::string_view user, std::string_view password);

}  // namespace http
