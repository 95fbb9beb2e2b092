#include "ews/sanitise.hpp"

#include <cstdint>
#include <optional>

namespace ews {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

// XML 1.0 §2.2, production Char.
bool is_allowed(std::uint32_t c) {
    return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) ||
           (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

struct Character {
    std::uint32_t code = 0;
    std::size_t length = 1;
    bool is_valid = false;
};

unsigned char byte_at(std::string_view bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}

/// One UTF-8 character (RFC 3629); an invalid one is one byte long.
Character decode(std::string_view bytes, std::size_t at) {
    const std::uint32_t first = byte_at(bytes, at);
    if (first < 0x80) return {first, 1, true};
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4) return {};
    std::uint32_t code = first & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        const std::uint32_t next = byte_at(bytes, at + i);
        if ((next & 0xC0) != 0x80) return {};
        code = code << 6 | (next & 0x3F);
    }
    const std::uint32_t least = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80;
    if (code < least || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
    return {code, length, true};
}

void append_utf8(std::string& text, std::uint32_t code) {
    text += static_cast<char>(0xF0 | code >> 18);
    text += static_cast<char>(0x80 | (code >> 12 & 0x3F));
    text += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    text += static_cast<char>(0x80 | (code & 0x3F));
}

int digit_of(char c, bool is_hex) {
    if (c >= '0' && c <= '9') return c - '0';
    if (is_hex && c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (is_hex && c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// A numeric reference at `at` ("&#…;"), if there is one.
std::optional<Character> read_reference(std::string_view bytes, std::size_t at) {
    if (bytes.substr(at, 2) != "&#") return std::nullopt;
    std::size_t here = at + 2;
    const bool is_hex = byte_at(bytes, here) == 'x' || byte_at(bytes, here) == 'X';
    if (is_hex) ++here;
    std::uint32_t code = 0;
    const std::size_t first_digit = here;
    for (; here < bytes.size(); ++here) {
        const int digit = digit_of(bytes[here], is_hex);
        if (digit < 0) break;
        if (code <= 0x10FFFF) code = code * (is_hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
    }
    if (here == first_digit || byte_at(bytes, here) != ';') return std::nullopt;
    return Character{code, here + 1 - at, true};
}

/// What follows would complete a reference that nobody has written.
bool ends_within_reference(std::string_view clean) {
    constexpr std::size_t longest = 16;  // beyond it, digits that may be of one count as such
    for (std::size_t back = 1; back <= clean.size(); ++back) {
        const char c = clean[clean.size() - back];
        if (c == '&') return true;
        if (digit_of(c, true) < 0 && c != '#' && c != 'x' && c != 'X') return false;
        if (back == longest) return true;
    }
    return false;
}

/// Leaves out what XML does not allow; "&", such a character and "#1;" must not become a reference.
void leave_out(std::string& clean) {
    if (ends_within_reference(clean)) clean += replacement;
}

/// Puts what the reference stands for into `clean`; returns the bytes it took.
std::size_t take_reference(std::string_view bytes, std::size_t at, std::string& clean) {
    const auto reference = read_reference(bytes, at);
    if (!reference) {
        clean += '&';
        return 1;
    }
    if (is_allowed(reference->code)) {
        clean += bytes.substr(at, reference->length);
        return reference->length;
    }
    const bool is_high = reference->code >= 0xD800 && reference->code <= 0xDBFF;
    const auto low = is_high ? read_reference(bytes, at + reference->length) : std::nullopt;
    if (!low || low->code < 0xDC00 || low->code > 0xDFFF) {
        leave_out(clean);
        return reference->length;
    }
    append_utf8(clean, 0x10000 + ((reference->code - 0xD800) << 10) + (low->code - 0xDC00));
    return reference->length + low->length;
}

/// One byte that is always allowed and begins nothing.
bool is_plain(char c) {
    return c >= ' ' && c != '&' && static_cast<unsigned char>(c) < 0x80;
}

/// Where the first character stands that needs work.
std::size_t find_dirt(std::string_view bytes, bool with_references) {
    for (std::size_t at = 0; at < bytes.size();) {
        if (is_plain(bytes[at])) {
            ++at;
            continue;
        }
        const Character c = decode(bytes, at);
        if (!c.is_valid || !is_allowed(c.code)) return at;
        if (with_references && c.code == '&' && byte_at(bytes, at + 1) == '#') return at;
        at += c.length;
    }
    return bytes.size();
}

std::string clean_from(std::string_view bytes, std::size_t at, bool with_references) {
    std::string clean(bytes.substr(0, at));
    clean.reserve(bytes.size());
    while (at < bytes.size()) {
        if (with_references && bytes[at] == '&') {
            at += take_reference(bytes, at, clean);
            continue;
        }
        const Character c = decode(bytes, at);
        if (!c.is_valid) clean += replacement;
        if (c.is_valid && is_allowed(c.code)) clean += bytes.substr(at, c.length);
        if (c.is_valid && !is_allowed(c.code) && with_references) leave_out(clean);
        at += c.length;
    }
    return clean;
}

}  // namespace

std::string clean_reply(std::string bytes) {
    const std::size_t dirt = find_dirt(bytes, true);
    if (dirt == bytes.size()) return bytes;
    return clean_from(bytes, dirt, true);
}

std::string clean_text(std::string_view text) {
    return clean_from(text, find_dirt(text, false), false);
}

}  // namespace ews
