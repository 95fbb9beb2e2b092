#include "rules/create/one_line.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

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

void append(std::string& line, UChar32 c) {
    char bytes[U8_MAX_LENGTH];
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, c);
    line.append(bytes, static_cast<std::size_t>(length));
}

}  // namespace

std::string one_line(std::string_view text) {
    std::string line;
    std::size_t length = 0;
    bool space = false;
    const auto end = static_cast<std::int64_t>(text.size());
    for (std::int64_t i = 0; i < end && length < max_name_length;) {
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(text.data(), i, end, c);
        if (is_space(c)) {
            space = !line.empty();
        } else if (!is_invisible(c)) {
            // The space counts, so it may be the last that fits: then the character must stay out.
            if (space && length + 1 == max_name_length) break;
            if (space) line += ' ', ++length;
            append(line, c);
            ++length;
            space = false;
        }
    }
    return line;
}

}  // namespace rules
