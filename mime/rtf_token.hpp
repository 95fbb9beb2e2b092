// RTF cut into its tokens: braces, control words, text. Separate from rtf_text, which says what
// they mean, and alone uses it.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace mime {

struct RtfToken {
    enum class Kind { open, close, word, symbol, byte, text };
    Kind kind = Kind::text;
    std::string_view text;         ///< the name of a word, without backslash; the text
    std::optional<int> parameter;  ///< of a word
    char character = 0;            ///< of a symbol: what follows the backslash; the value of a byte
};

class RtfTokens {
public:
    /// `rtf` must outlive the tokens.
    explicit RtfTokens(std::string_view rtf) : rtf_(rtf) {}

    /// Nothing at the end. Line ends are no text and left out, and so is what follows \binN.
    std::optional<RtfToken> next();

private:
    RtfToken control();
    RtfToken word();

    std::string_view rtf_;
    std::size_t at_ = 0;
};

}  // namespace mime
