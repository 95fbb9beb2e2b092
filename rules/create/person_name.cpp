#include "rules/create/person_name.hpp"

#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "rules/create/one_line.hpp"

namespace rules {
namespace {

using Words = std::vector<std::string>;

constexpr std::array<std::string_view, 17> titles{
    "dr",
    "prof",
    "mr",
    "mrs",
    "ms",
    "mx",
    "miss",
    "herr",
    "frau",
    "hr",
    "fr",
    "ing",
    "dipl-ing",
    "mag",
    "sir",
    "dame",
    "hon"};
constexpr std::array<std::string_view, 14> suffixes{
    "phd", "md", "dds", "mba", "msc", "bsc", "esq", "cpa", "jr", "sr", "ii", "iii", "iv", "jd"};
constexpr std::array<std::string_view, 24> particles{
    "von", "van", "vom", "zu", "zum", "zur", "de", "del", "della", "der", "den", "des",
    "du",  "da",  "di",  "do", "dos", "la",  "le", "ter", "ten",   "bin", "ibn", "af"};

std::string bare(std::string_view word) {
    std::string text;
    for (const char c : word) {
        if (c == '.' || c == ',') continue;
        text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return text;
}

bool is_one_of(std::string_view word, std::span<const std::string_view> list) {
    return std::ranges::find(list, bare(word)) != list.end();
}

Words split(std::string_view text, std::string_view separators) {
    Words words;
    std::string word;
    for (const char c : text) {
        if (separators.find(c) == std::string_view::npos) {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::exchange(word, ""));
        }
    }
    if (!word.empty()) words.push_back(word);
    return words;
}

std::string join(std::span<const std::string> words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

void cut_from(std::string& text, std::string_view mark) {
    const auto at = text.find(mark);
    if (at != std::string::npos) text.resize(at);
}

/// "Bo (Acme), Ann" -> "Bo , Ann"; an unclosed bracket takes the rest.
void drop_brackets(std::string& text, char open, char close) {
    for (auto at = text.find(open); at != std::string::npos; at = text.find(open)) {
        const auto end = text.find(close, at);
        text.erase(at, end == std::string::npos ? end : end - at + 1);
    }
}

void drop_all(std::string& text, std::string_view what) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what))
        text.erase(at, what.size());
}

/// An apostrophe inside a word is part of the name (O'Brien), one around words is a quotation mark.
void drop_single_quotes(std::string& text) {
    const auto is_inner = [&](std::size_t i) {
        return i > 0 && i + 1 < text.size() && text[i - 1] != ' ' && text[i + 1] != ' ' &&
               text[i + 1] != ',' && text[i - 1] != ',';
    };
    std::string kept;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] != '\'' || is_inner(i)) kept += text[i];
    text = kept;
}

/// What stands around a person's name: quotes, company, "via somebody", addresses, titles.
Words clean(std::string_view display_name) {
    auto text = one_line(display_name);
    if (text.find("=?") != std::string::npos && text.find("?=") != std::string::npos) return {};
    for (const std::string_view quote : {"\"", "“", "”", "„", "«", "»", "`"}) drop_all(text, quote);
    drop_single_quotes(text);
    for (const std::string_view mark : {" via ", " | ", " - ", " – ", " — ", " / "})
        cut_from(text, mark);
    drop_brackets(text, '(', ')');
    drop_brackets(text, '[', ']');
    drop_brackets(text, '<', '>');
    auto words = split(text, " ");
    std::erase_if(words, [](const std::string& word) {
        return word.find('@') != std::string::npos;
    });
    return words;
}

bool is_east_asian(const std::string& word) {
    const auto first = icu::UnicodeString::fromUTF8(word).char32At(0);
    UErrorCode status = U_ZERO_ERROR;
    const auto script = uscript_getScript(first, &status);
    return script == USCRIPT_HAN || script == USCRIPT_HANGUL || script == USCRIPT_HIRAGANA ||
           script == USCRIPT_KATAKANA;
}

void drop_titles(Words& words) {
    while (words.size() > 1 && is_one_of(words.front(), titles)) words.erase(words.begin());
    while (words.size() > 1 && is_one_of(words.back(), suffixes)) words.pop_back();
}

PersonName first_last(Words words) {
    drop_titles(words);
    if (words.empty()) return {};
    if (words.size() == 1) return {"", words.front()};
    const std::span all(words);
    if (is_east_asian(words.front())) return {join(all.subspan(1)), words.front()};
    auto last = words.size() - 1;
    // A particle in front of everything is a first name: "Van Morrison".
    while (last > 1 && is_one_of(words[last - 1], particles)) --last;
    return {join(all.first(last)), join(all.subspan(last))};
}

/// "Bo, Ann", "Bo, Ann, PhD"; but "Ann Bo, PhD" is in the order of speech.
PersonName from_words(const Words& words) {
    auto parts = split(join(words), ",");
    for (auto& part : parts) part = one_line(part);
    std::erase(parts, "");
    while (parts.size() > 1 && is_one_of(parts.back(), suffixes)) parts.pop_back();
    if (parts.empty()) return {};
    if (parts.size() == 1) return first_last(split(parts.front(), " "));
    auto first = split(parts[1], " ");
    drop_titles(first);
    return {join(first), parts.front()};
}

PersonName from_address(std::string_view address) {
    const auto local = address.substr(0, address.rfind('@'));
    auto words = split(local.substr(0, local.find('+')), "._-\" ");
    auto name = words.empty() ? PersonName{} : first_last(words);
    if (name.last.empty()) return {"", one_line(address)};
    return name;
}

}  // namespace

PersonName person_name(std::string_view display_name, std::string_view address) {
    auto name = from_words(clean(display_name));
    const bool has_letter = std::ranges::any_of(name.last + name.first, [](char c) {
        return static_cast<unsigned char>(c) >= 0x80 || std::isalpha(static_cast<unsigned char>(c));
    });
    return has_letter ? name : from_address(address);
}

std::string full_name(const PersonName& name) {
    return name.first.empty() ? name.last : name.first + " " + name.last;
}

}  // namespace rules
