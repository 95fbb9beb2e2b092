// The Basic scheme, RFC 7617: its field, and logging in with it. Separate as every scheme is; the
// field alone is used by whoever builds requests. The value is a secret: it belongs into no log and
// no error text.
#pragma once

#include <memory>
#include <string_view>

#include "http/auth/login.hpp"
#include "http/transport.hpp"

namespace http {

/// Both in UTF-8. errc::bad_url if they cannot be sent this way: a colon in the user name, a
/// control character.
Result<Field> basic_authorization(std::string_view user, std::string_view password);

/// Sends the field with every request, unasked; an answer 401 is the answer, but doubted once where
/// another was given since the last doubt. errc::bad_url where the server offers Negotiate or NTLM
/// and not Basic. Errors as above.
Result<std::shared_ptr<Authenticator>> basic_authenticator(
    std::string_view user, std::string_view password
);

}  // namespace http
