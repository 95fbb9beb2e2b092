#include "agent/notice/notice_mime.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "agent/limits.hpp"
#include "agent/mail_header.hpp"
#include "agent/terminal_text.hpp"
#include "crm/sha256.hpp"

namespace agent {

namespace {

constexpr std::size_t longest_line = 76;  ///< of quoted-printable (RFC 2045 §6.7)

/// Without what could end the field or the address.
std::string address_text(std::string_view address) {
    std::string text(address);
    std::erase_if(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= ' ' || byte == 0x7F || c == '<' || c == '>' || c == ',';
    });
    return text;
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
    return crm::sha256(notice.key + "\n" + std::string(to));
}

}  // namespace

std::string to_mime(const Notice& notice, const std::string& from, const std::string& to) {
    constexpr std::string_view subject = "Subject: ", key = "X-Mailferry-Notice: ";
    std::string mime;
    mime += "Date: " + mail_date(notice.date) + "\r\n";
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
    if (domain.empty() || !is_plain_ascii(domain)) domain = "mailferry.invalid";
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
