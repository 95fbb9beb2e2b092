#include "ews/simulator/compose.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ews/simulator/text.hpp"

namespace ews::simulator {

namespace {

constexpr std::string_view line_end = "\r\n";

bool is_ascii_text(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

std::string without_line_ends(std::string_view text) {
    std::string result(text);
    std::erase_if(result, [](char c) { return c == '\r' || c == '\n'; });
    return result;
}

std::string quoted(std::string_view name) {
    std::string result = "\"";
    for (const auto letter : name) {
        if (letter == '"' || letter == '\\') result += '\\';
        result += letter;
    }
    return result + '"';
}

std::string mailbox_text(const pugi::xml_node& mailbox) {
    const auto name = without_line_ends(child_text(mailbox, "Name"));
    const auto address = without_line_ends(child_text(mailbox, "EmailAddress"));
    if (name.empty()) return address;
    const auto shown = is_ascii_text(name) ? quoted(name) : encode_header(name);
    return fmt::format("{} <{}>", shown, address);
}

std::string mailbox_list(const pugi::xml_node& list) {
    std::string result;
    for (const auto& mailbox : elements(list)) {
        if (!result.empty()) result += ",\r\n ";
        result += mailbox_text(mailbox);
    }
    return result;
}

void add_field(std::string& mime, std::string_view name, std::string_view value) {
    if (!value.empty()) mime += fmt::format("{}: {}\r\n", name, value);
}

}  // namespace

std::string mail_date(Time time) {
    constexpr std::string_view days[]{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::string_view months[]{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    return fmt::format(
        "{}, {} {} {} {} +0000",
        days[std::chrono::weekday{day}.c_encoding()],
        static_cast<unsigned>(date.day()),
        months[static_cast<unsigned>(date.month()) - 1],
        static_cast<int>(date.year()),
        format_time(time).substr(11, 8)
    );
}

std::string encode_body(std::string_view body) {
    const auto text = encode_base64(body);
    std::string lines;
    for (std::size_t at = 0; at < text.size(); at += 76) {
        lines += text.substr(at, 76);
        lines += line_end;
    }
    return lines;
}

std::string encode_header(std::string_view text) {
    const auto line = without_line_ends(text);
    if (is_ascii_text(line)) return line;
    std::string result;
    std::string_view rest = line;
    while (!rest.empty()) {
        auto length =
            std::min<std::size_t>(rest.size(), 42);  // an encoded word has at most 75 letters
        while (length < rest.size() && (static_cast<unsigned char>(rest[length]) & 0xC0U) == 0x80U)
            --length;
        if (length == 0) length = rest.size();
        if (!result.empty()) result += "\r\n ";
        result += fmt::format("=?utf-8?B?{}?=", encode_base64(rest.substr(0, length)));
        rest.remove_prefix(length);
    }
    return result;
}

std::string compose_mime(const pugi::xml_node& message, std::string_view sender) {
    std::string mime;
    const auto from = mailbox_list(child(message, "From"));
    add_field(mime, "From", from.empty() ? std::string(sender) : from);
    add_field(mime, "Sender", mailbox_list(child(message, "Sender")));
    add_field(mime, "To", mailbox_list(child(message, "ToRecipients")));
    add_field(mime, "Cc", mailbox_list(child(message, "CcRecipients")));
    add_field(mime, "Bcc", mailbox_list(child(message, "BccRecipients")));
    add_field(mime, "Reply-To", mailbox_list(child(message, "ReplyTo")));
    add_field(mime, "Subject", encode_header(child_text(message, "Subject")));
    add_field(mime, "Message-ID", without_line_ends(child_text(message, "InternetMessageId")));
    add_field(mime, "In-Reply-To", without_line_ends(child_text(message, "InReplyTo")));
    add_field(mime, "References", without_line_ends(child_text(message, "References")));
    add_field(mime, "Date", mail_date(now()));
    for (const auto& header : elements(child(message, "InternetMessageHeaders")))
        add_field(
            mime,
            without_line_ends(header.attribute("HeaderName").value()),
            encode_header(header.text().get())
        );
    const auto body = child(message, "Body");
    const auto html = std::string_view(body.attribute("BodyType").value()) == "HTML";
    mime += "MIME-Version: 1.0\r\nContent-Transfer-Encoding: base64\r\n";
    mime += fmt::format("Content-Type: text/{}; charset=utf-8\r\n\r\n", html ? "html" : "plain");
    return mime + encode_body(body.text().get());
}

std::string replace_header(std::string_view mime, std::string_view name, std::string_view value) {
    const auto field = fmt::format("{}: {}\r\n", name, encode_header(value));
    std::size_t begin = 0;
    while (begin < mime.size() && mime[begin] != '\r' && mime[begin] != '\n') {
        auto end = mime.find('\n', begin);
        end = end == std::string_view::npos ? mime.size() : end + 1;
        while (end < mime.size() && (mime[end] == ' ' || mime[end] == '\t')) {
            end = mime.find('\n', end);
            end = end == std::string_view::npos ? mime.size() : end + 1;
        }
        const auto line = mime.substr(begin, end - begin);
        if (line.size() > name.size() && line[name.size()] == ':' &&
            equal_ignoring_case(line.substr(0, name.size()), name))
            return std::string(mime.substr(0, begin)) + field + std::string(mime.substr(end));
        begin = end;
    }
    return field + std::string(mime);
}

}  // namespace ews::simulator
