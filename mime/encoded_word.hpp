// Encoded words in header fields (RFC 2047): =?charset?B or Q?text?=. Used for subjects, display
// names and file names; tolerant, since half the senders of the world do it wrong.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mime {

/// One encoded word; views into the text it was found in.
struct EncodedWord {
    std::string_view charset;  ///< without RFC 2231's language suffix
    char encoding = 'q';       ///< 'b' or 'q'
    std::string_view text;
    std::size_t end = 0;  ///< where the text goes on behind it
};

/// Finds encoded words in one text, in linear time over all calls as long as `at` grows.
class WordFinder {
public:
    explicit WordFinder(std::string_view text) : text_(text) {}
    /// The encoded word that starts exactly at `at`.
    std::optional<EncodedWord> at(std::size_t at);

private:
    std::string_view text_;
    std::size_t mark_ = 0;  ///< first "?=" at or behind `searched_`
    std::size_t searched_ = 0;
    bool known_ = false;
};

/// The text with all encoded words decoded and blanks between two of them removed (§6.2); other
/// bytes are UTF-8 or else windows-1252. Words of one charset that follow each other are decoded
/// together, because senders cut characters in two.
std::string decode_words(std::string_view text);

/// Where decode_words guesses or replaces: "charset 'x' is unknown; read as UTF-8". Each is told
/// once, limits::problems at most; separate, since hardly any text has such a place.
std::vector<std::string> charset_problems(std::string_view text);

}  // namespace mime
