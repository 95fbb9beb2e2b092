// What an HTTP answer without SOAP means, in words that an admin can act upon. Apart from the
// client because the event stream meets the same answers. A 500 with SOAP inside is an ordinary
// answer, not looked at here.
#pragma once

#include <optional>
#include <string_view>

#include "ews/error.hpp"
#include "http/transport.hpp"

namespace ews {

/// Nothing if the body may be SOAP. `account` is who tried to log in, "" if unknown.
std::optional<Error> explain_status(
    const http::Response& response, std::string_view url, std::string_view account
);

}  // namespace ews
