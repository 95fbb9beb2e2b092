#include "agent/terminal_text.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace agent {
namespace {

constexpr std::size_t widest_cell = 44;

struct Glyph {
    std::string text;
    std::size_t width = 0;
};

/// Columns that a character takes on a terminal; control characters, which could command it, become
/// U+FFFD.
Glyph glyph(UChar32 character) {
    const int type = u_charType(character);
    if (type == U_CONTROL_CHAR) return {character == '\t' ? " " : "\xEF\xBF\xBD", 1};
    Glyph result;
    icu::UnicodeString(character).toUTF8String(result.text);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) {
        return result;
    }
    const auto wide = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
    result.width = wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
    return result;
}

/// Bytes that are not UTF-8 become U+FFFD.
icu::UnicodeString decoded(const std::string& text) {
    return icu::UnicodeString::fromUTF8(text);
}

Glyph printable(const std::string& text, std::size_t limit) {
    Glyph result;
    const auto characters = decoded(text);
    for (int32_t at = 0; at < characters.length(); at = characters.moveIndex32(at, 1)) {
        const auto next = glyph(characters.char32At(at));
        if (result.width + next.width > limit) return {result.text + "…", result.width + 1};
        result.text += next.text;
        result.width += next.width;
    }
    return result;
}

}  // namespace

std::string printable_lines(const std::string& text) {
    std::string result;
    const auto characters = decoded(text);
    for (int32_t at = 0; at < characters.length(); at = characters.moveIndex32(at, 1)) {
        const auto character = characters.char32At(at);
        if (character == '\n' || character == '\t') {
            result += static_cast<char>(character);
        } else if (character != '\r') {
            result += glyph(character).text;
        }
    }
    return result;
}

std::string one_line(const std::string& text) {
    return printable(text, std::string::npos - 1).text;
}

std::string shortened(const std::string& text, std::size_t columns) {
    return printable(text, columns - 1).text;
}

std::string aligned(const std::vector<Cells>& rows) {
    std::vector<std::size_t> widths(rows.front().size(), 0);
    std::vector<std::vector<Glyph>> printed;
    for (const auto& row : rows) {
        auto& line = printed.emplace_back();
        for (std::size_t i = 0; i < row.size(); ++i) {
            line.push_back(printable(row[i], widest_cell));
            widths[i] = std::max(widths[i], line.back().width);
        }
    }
    std::string text;
    for (const auto& line : printed) {
        std::string row;
        for (std::size_t i = 0; i < line.size(); ++i) {
            row += line[i].text;
            row.append(widths[i] - line[i].width + 2, ' ');
        }
        row.erase(row.find_last_not_of(' ') + 1);
        text += row + "\n";
    }
    return text;
}

}  // namespace agent
