#include "agent/notice/notice_mime.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "agent/limits.hpp"
#include "agent/sha256.hpp"
#include "agent/terminal_text.hpp"
#include "ews/base64.hpp"

namespace agent {

namespace {

constexpr std::size_t longest_line =
    76;  ///< of quoted-printable (RFC 2045 §6.7), and a header's (RFC 2047 §2)

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

/// RFC 2047 where needed: encoded words of whole characters, each on a line of its own.
std::string header_text(const std::string& raw, std::size_t name_length) {
    const std::string text = one_line(raw);
    const bool fits = name_length + text.size() <= longest_line;
    if (fits && is_ascii(text) && text.find("=?") == std::string::npos) return text;
    constexpr std::string_view begin = "=?utf-8?B?", end_mark = "?=";
    std::string words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t room =
            longest_line - (at == 0 ? name_length : 1) - begin.size() - end_mark.size();
        std::size_t end = std::min(text.size(), at + room / 4 * 3);
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
        if (!words.empty()) words += "\r\n ";
        words +=
            fmt::format("{}{}{}", begin, ews::encode_base64(text.substr(at, end - at)), end_mark);
        at = end;
    }
    return words;
}

/// Without what could end the field or the address.
std::string address_text(std::string_view address) {
    std::string text(address);
    std::erase_if(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= ' ' || byte == 0x7F || c == '<' || c == '>' || c == ',';
    });
    return text;
}

/// RFC 5322 §3.3
std::string date_text(Time time) {
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

/// One line of text as lines of quoted-printable.
void add_quoted_line(std::string& out, std::string_view line) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        const bool ends_in_blank = i + 1 == line.size() && (c == ' ' || c == '\t');
        const bool plain = (c == '\t' || (c >= ' ' && c <= '~')) && c != '=' && !ends_in_blank;
        const std::string piece =
            plain ? std::string(1, c) : fmt::format("={:02X}", static_cast<unsigned char>(c));
        if (width + piece.size() > longest_line - 1) {
            out += "=\r\n";
            width = 0;
        }
        out += piece;
        width += piece.size();
    }
    out += "\r\n";
}

std::string quoted_printable(const std::string& text) {
    const std::string lines = printable_lines(text);
    std::string out;
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', at), lines.size());
        add_quoted_line(out, std::string_view(lines).substr(at, end - at));
        at = end + 1;
    }
    return out;
}

std::string digest(const Notice& notice, std::string_view to) {
    return sha256(notice.key + "\n" + std::string(to));
}

}  // namespace

std::string to_mime(const Notice& notice, const std::string& from, const std::string& to) {
    constexpr std::string_view subject = "Subject: ", key = "X-Mailferry-Notice: ";
    std::string mime;
    mime += "Date: " + date_text(notice.date) + "\r\n";
    mime += "From: Mailferry <" + address_text(from) + ">\r\n";
    mime += "To: <" + address_text(to) + ">\r\n";
    mime += fmt::format("{}{}\r\n", subject, header_text(notice.subject, subject.size()));
    mime += "Message-ID: " + message_id(notice, to) + "\r\n";
    mime += "Auto-Submitted: auto-generated\r\n";
    mime += "X-Auto-Response-Suppress: All\r\n";  // MS-OXCMAIL: the same to Exchange
    mime += fmt::format("{}{}\r\n", key, header_text(notice.key, key.size()));
    mime += "MIME-Version: 1.0\r\n";
    mime += "Content-Type: text/plain; charset=utf-8\r\n";
    mime += "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
    return mime + quoted_printable(notice.text);
}

std::string message_id(const Notice& notice, std::string_view to) {
    const std::string address = address_text(to);
    const std::size_t at = address.rfind('@');
    std::string domain = at == std::string::npos ? "" : address.substr(at + 1);
    if (domain.empty() || !is_ascii(domain)) domain = "mailferry.invalid";
    return fmt::format("<mailferry.{}@{}>", digest(notice, to).substr(0, 32), domain);
}

std::string sent_mark(const Notice& notice, std::string_view to) {
    return "notice:" + digest(notice, to);
}

bool is_sendable(std::string_view address) {
    const std::size_t at = address.rfind('@');
    return at != std::string_view::npos && at > 0 && at + 1 < address.size() &&
           address.size() <= limits::address_bytes && address_text(address) == address;
}

}  // namespace agent
