// Base64 (RFC 4648 §4) for MIME content and user configurations.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ews {

/// Takes text in pieces. White space is skipped and missing padding forgiven.
class Base64Decoder {
public:
    /// Appends to `bytes` what `text` completes. False for any other character; nothing more is
    /// decoded then.
    bool feed(std::string_view text, std::string& bytes);
    /// After the last piece: appends what was still open. False if it, or something before, was no
    /// base64.
    bool end(std::string& bytes);

private:
    std::uint32_t group_ = 0;
    unsigned digits_ = 0;  ///< of the open group
    bool ended_ = false;   ///< by padding
    bool wrong_ = false;
};

std::string encode_base64(std::string_view bytes);
/// All at once; nothing for what Base64Decoder refuses.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace ews
