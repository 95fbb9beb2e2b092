// Characters that nobody sees, or as a blank: what senders pad a preheader with, hide within words
// or keep a number together with. One list for html_layout, which writes what a reader sees, and
// reply_line, which compares lines by it.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace mime {

struct Invisible {
    enum class Kind { blank, joiner, nothing };
    std::string_view character;
    Kind kind;
};

/// A joiner changes how the characters beside it look, as Persian, emoji and texts in two
/// directions need it; alone it is nothing as well.
inline constexpr auto invisible_characters = std::to_array<Invisible>({
    {"\u00A0", Invisible::Kind::blank},    // no-break space
    {"\u2007", Invisible::Kind::blank},    // figure space
    {"\u2009", Invisible::Kind::blank},    // thin space
    {"\u202F", Invisible::Kind::blank},    // narrow no-break space
    {"\u200C", Invisible::Kind::joiner},   // zero width non-joiner
    {"\u200D", Invisible::Kind::joiner},   // zero width joiner
    {"\u200E", Invisible::Kind::joiner},   // left-to-right mark
    {"\u200F", Invisible::Kind::joiner},   // right-to-left mark
    {"\u00AD", Invisible::Kind::nothing},  // soft hyphen
    {"\u034F", Invisible::Kind::nothing},  // combining grapheme joiner
    {"\u180E", Invisible::Kind::nothing},  // Mongolian vowel separator
    {"\u200B", Invisible::Kind::nothing},  // zero width space
    {"\u2060", Invisible::Kind::nothing},  // word joiner
    {"\uFEFF", Invisible::Kind::nothing},  // zero width no-break space
});

/// The one that `text` begins with, or null.
constexpr const Invisible* find_invisible(std::string_view text) {
    const auto* found = std::ranges::find_if(invisible_characters, [&](const Invisible& invisible) {
        return text.starts_with(invisible.character);
    });
    return found == invisible_characters.end() ? nullptr : found;
}

}  // namespace mime
