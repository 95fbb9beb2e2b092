// Base64 of RFC 4648 section 4, as the fields of HTTP carry it. Separate because every scheme needs
// it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace http {

std::string to_base64(std::string_view bytes);

/// Nothing for what is no base64 with its padding.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace http
