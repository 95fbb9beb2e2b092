// Base64 (RFC 4648 §4) for MIME content and user configurations.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ews {

std::string encode_base64(std::string_view bytes);
/// White space is skipped and missing padding forgiven; nothing for any other character.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace ews
