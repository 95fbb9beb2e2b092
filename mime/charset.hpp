// Bytes in some charset to UTF-8, by ICU. Used for bodies, encoded words and parameters: everything
// in a Message is valid UTF-8, whatever the mail declares.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mime {

/// What a reader is told where limits::text left something out.
inline constexpr const char* more_text = "more text than is read";

struct Decoded {
    std::string text;          ///< valid UTF-8
    std::size_t replaced = 0;  ///< byte sequences that had no meaning and became U+FFFD
    std::string problem;       ///< why `text` may not be what was meant; "" where it is
    bool cut = false;          ///< longer than limits::text: the rest is left out
};

/// By the label of a Content-Type or an encoded word, which means what charset_label.hpp says.
/// Bytes of an unknown charset, or that US-ASCII does not have, are read by `guess_utf8`, and
/// `problem` says so; an empty label promises nothing, and only windows-1252 is a guess then.
Decoded to_utf8(std::string_view bytes, std::string_view label);

/// Undeclared bytes: UTF-8 where they are valid UTF-8, else windows-1252.
std::string guess_utf8(std::string_view bytes);

/// The first `most` bytes, or up to three less: no UTF-8 character is cut in two.
std::string_view whole_characters(std::string_view text, std::size_t most);

/// Appends the character in UTF-8; what is no character (a surrogate, beyond U+10FFFF) as U+FFFD.
void append_utf8(std::string& out, char32_t code);

/// Well-formed by Unicode table 3-7: no surrogates, nothing overlong.
bool is_utf8(std::string_view bytes);

}  // namespace mime
