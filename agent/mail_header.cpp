#include "agent/mail_header.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "agent/terminal_text.hpp"
#include "agent/x500_name.hpp"
#include "ews/base64.hpp"

namespace agent {

namespace {

constexpr std::size_t header_line = 76;    ///< RFC 2047 §2
constexpr std::size_t longest_word = 900;  ///< RFC 5322 §2.1.1 allows 998 with the rest of the line
constexpr std::size_t parameter_piece = 60;  ///< of a value that takes several lines

/// In pieces behind line breaks, cut at blanks, or where a word is longer than any line may be.
std::string folded_at_blanks(std::string_view text, std::size_t width) {
    std::string lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' ', 1), text.size());
        const std::string_view word = text.substr(0, std::min(end, longest_word));
        if (width > 1 && width + word.size() > header_line) {
            lines += word.starts_with(' ') ? "\r\n" : "\r\n ";
            width = 0;
        }
        lines += word;
        width += word.size();
        text.remove_prefix(word.size());
    }
    return lines;
}

/// In quotes where it is ASCII (RFC 5322 §3.2.4).
std::string display_name(const std::string& name) {
    const std::string text = one_line(name);
    if (!is_plain_ascii(text) || text.find("=?") != std::string::npos) return header_text(text, 1);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

/// What may stand between angle brackets; "" for what is no address.
std::string angle_address(const ews::Correspondent& person) {
    std::string address = person.address;
    if (foreign_address(address) && !is_wrapped(address))
        address = wrapped_name(*foreign_address(address));
    std::erase_if(address, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= ' ' || byte == 0x7F || c == '<' || c == '>' || c == ',';
    });
    return address;
}

}  // namespace

bool is_plain_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

/// RFC 2047: encoded words of whole characters, each on a line of its own.
std::string header_text(const std::string& raw, std::size_t name_length) {
    const std::string text = one_line(raw);
    const bool fits = name_length + text.size() <= header_line;
    if (fits && is_plain_ascii(text) && text.find("=?") == std::string::npos) return text;
    constexpr std::string_view begin = "=?utf-8?B?", end_mark = "?=";
    std::string words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t taken = at == 0 ? name_length : 1;
        const std::size_t room = header_line - taken - begin.size() - end_mark.size();
        std::size_t end = std::min(text.size(), at + room / 4 * 3);
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
        if (!words.empty()) words += "\r\n ";
        const std::string word = ews::encode_base64(std::string_view(text).substr(at, end - at));
        words += fmt::format("{}{}{}", begin, word, end_mark);
        at = end;
    }
    return words;
}

std::string mail_date(std::chrono::system_clock::time_point time) {
    constexpr std::string_view days[]{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::string_view months[]{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const auto day = std::chrono::floor<std::chrono::days>(seconds);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(seconds - day);
    return fmt::format(
        "{}, {} {} {} {:02}:{:02}:{:02} +0000",
        days[std::chrono::weekday(day).c_encoding()],
        static_cast<unsigned>(date.day()),
        months[static_cast<unsigned>(date.month()) - 1],
        static_cast<int>(date.year()),
        clock.hours().count(),
        clock.minutes().count(),
        clock.seconds().count()
    );
}

std::string header_field(std::string_view name, const std::string& value) {
    std::string line = value;
    std::ranges::replace_if(
        line, [](char c) { return c == '\r' || c == '\n' || c == '\t'; }, ' '
    );
    line = one_line(line);
    const std::size_t width = name.size() + 2;
    if (!is_plain_ascii(line)) return fmt::format("{}: {}\r\n", name, header_text(line, width));
    return fmt::format("{}: {}\r\n", name, folded_at_blanks(line, width));
}

std::string address_field(std::string_view name, const std::vector<ews::Correspondent>& people) {
    std::string list;
    for (const ews::Correspondent& person : people) {
        const std::string address = angle_address(person);
        if (address.empty() && person.name.empty()) continue;
        if (!list.empty()) list += ",\r\n ";
        if (!person.name.empty()) list += display_name(person.name);
        if (address.empty()) continue;
        list += fmt::format("{}<{}>", person.name.empty() ? "" : "\r\n ", address);
    }
    return list.empty() ? list : fmt::format("{}: {}\r\n", name, list);
}

std::string header_parameter(std::string_view name, const std::string& value) {
    const std::string text = one_line(value);
    const bool is_short = text.size() <= parameter_piece;
    if (is_short && is_plain_ascii(text) && text.find_first_of("\"\\") == std::string::npos)
        return fmt::format(";\r\n {}=\"{}\"", name, text);
    std::string piece = "utf-8''", result;
    int number = 0;
    const auto end_piece = [&] {
        result += fmt::format(";\r\n {}*{}*={}", name, number++, piece);
        piece.clear();
    };
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
        piece += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
        if (piece.size() >= parameter_piece) end_piece();
    }
    if (!piece.empty()) end_piece();
    return result;
}

}  // namespace agent
