#include "rules/create/one_line.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <cstdint>

#include "rules/limits.hpp"

namespace rules {
namespace {

bool is_space(UChar32 c) {
    return u_isUWhiteSpace(c) || c == 0x200B || c == 0xFEFF;
}

bool is_invisible(UChar32 c) {
    const auto type = u_charType(c);
    // Joiners shape letters of some scripts and emoji; the other format characters only mislead the
    // eye.
    return type == U_CONTROL_CHAR || (type == U_FORMAT_CHAR && c != 0x200C && c != 0x200D);
}

}  // namespace

std::string one_line(std::string_view text) {
    std::string line;
    std::size_t length = 0;
    bool space = false;
    const icu::StringPiece bytes(text.data(), static_cast<std::int32_t>(text.size()));
    const auto wide = icu::UnicodeString::fromUTF8(bytes);
    for (std::int32_t i = 0; i < wide.length() && length < max_name_length;
         i = wide.moveIndex32(i, 1)) {
        const auto c = wide.char32At(i);
        if (is_space(c)) {
            space = !line.empty();
        } else if (!is_invisible(c)) {
            // The space counts, so it may be the last that fits: then the character must stay out.
            if (space && length + 1 == max_name_length) break;
            if (space) line += ' ', ++length;
            icu::UnicodeString(c).toUTF8String(line);
            ++length;
            space = false;
        }
    }
    return line;
}

}  // namespace rules
