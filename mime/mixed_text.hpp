// Text that comes in pieces of several kinds, as RTF has it: bytes in changing code pages, UTF-16
// units, and UTF-8. Used by rtf_text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mime/charset.hpp"

namespace mime {

class MixedText {
public:
    /// A character of several bytes may come in pieces.
    void bytes(std::string_view some, unsigned code_page);
    /// A surrogate pair comes in two units; a half of one becomes U+FFFD.
    void unit(unsigned utf16);
    void text(std::string_view utf8);

    /// `problem` is the first one.
    Decoded finish();

private:
    void flush();

    Decoded result_;
    std::string pending_;  // bytes, until it is known that they are complete
    unsigned pending_code_page_ = 0;
    std::optional<unsigned> high_;  // the first half of a surrogate pair
};

}  // namespace mime
