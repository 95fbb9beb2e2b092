// A line of a mail as the words of mail programs are compared with: small letters, plain blanks,
// no marks of boldness. For the matchers of mime/new_text, which look at beginnings only.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mime {

using Lines = std::span<const std::string_view>;

/// Without line breaks; a last line break makes no empty line.
std::vector<std::string_view> split_lines(std::string_view text);

/// The first `limit` bytes of `line`: Latin letters small, every kind of blank one ' ' and none at
/// the ends, '*' and invisible marks left out, a curly apostrophe straight. UTF-8 as the line is.
std::string folded(std::string_view line, std::size_t limit = 400);

bool is_blank_line(std::string_view line);

/// A line that only draws: at least five of "-_=*".
bool is_rule(std::string_view line);

/// '>' in front, after at most three blanks, unless the line is mere ornament (">>> sale <<<").
bool is_quoted_line(std::string_view line);

/// Whether `word` stands in `text` with no letter or digit of ASCII beside it; where, or npos.
std::size_t find_word(std::string_view text, std::string_view word);

template <std::size_t size>
bool begins_with_any(std::string_view text, const std::array<std::string_view, size>& beginnings) {
    for (const auto beginning : beginnings)
        if (text.starts_with(beginning)) return true;
    return false;
}

}  // namespace mime
