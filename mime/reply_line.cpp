#include "mime/reply_line.hpp"

#include <algorithm>

#include "mime/ascii.hpp"
#include "mime/invisible.hpp"

namespace mime {
namespace {

/// Length of the character that begins with `lead`, 1 for what begins none.
std::size_t character_size(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    return byte >= 0xF0U ? 4 : byte >= 0xE0U ? 3 : byte >= 0xC0U ? 2 : 1;
}

void append_folded(std::string_view character, std::string& result) {
    if (character.size() == 1) {
        if (character != "*") result += lower(character[0]);
        return;
    }
    if (const auto* invisible = find_invisible(character)) {
        if (invisible->kind == Invisible::Kind::blank) result += ' ';
        return;
    }
    if (character == "\u2019") {
        result += '\'';
        return;
    }
    const bool latin = character[0] == '\xC3' && character.size() == 2;
    const auto second = latin ? static_cast<unsigned char>(character[1]) : 0U;
    result += character[0];
    if (second >= 0x80U && second <= 0x9EU && second != 0x97U)  // À to Þ, but not ×
        result += static_cast<char>(second + 0x20U);
    else
        result += character.substr(1);
}

bool is_word_byte(char c) {
    return is_letter(c) || is_digit(c);
}

}  // namespace

std::vector<std::string_view> split_lines(std::string_view text) {
    std::vector<std::string_view> lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

std::string folded(std::string_view line, std::size_t limit) {
    line = line.substr(0, limit);
    std::string all;
    for (std::size_t at = 0; at < line.size();) {
        const auto size = std::min(character_size(line[at]), line.size() - at);
        append_folded(line.substr(at, size), all);
        at += size;
    }
    std::string result;
    for (const char c : all) {
        if (!is_space(c))
            result += c;
        else if (!result.empty() && result.back() != ' ')
            result += ' ';
    }
    if (!result.empty() && result.back() == ' ') result.pop_back();
    return result;
}

bool is_blank_line(std::string_view line) {
    const auto text = trim(line);
    const bool shows = !text.empty() && text[0] > ' ';  // the usual case
    return !shows && text.size() < 100 && text.find('*') == text.npos && folded(text).empty();
}

bool is_rule(std::string_view line) {
    const auto text = trim(line);
    return text.size() >= 5 && text.find_first_not_of("-_=*") == text.npos;
}

bool is_quoted_line(std::string_view line) {
    const auto begin = line.find_first_not_of(' ');
    if (begin == line.npos || begin > 3 || line[begin] != '>') return false;
    return !(line.substr(begin).starts_with(">>") && trim_right(line).ends_with("<<"));
}

std::size_t find_word(std::string_view text, std::string_view word) {
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
        const auto end = at + word.size();
        if (at > 0 && is_word_byte(text[at - 1])) continue;
        if (end == text.size() || !is_word_byte(text[end])) return at;
    }
    return text.npos;
}

}  // namespace mime
