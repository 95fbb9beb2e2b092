#include "ews/simulator/regenerate.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ews/simulator/compose.hpp"
#include "mime/attachment.hpp"

namespace ews::simulator {

namespace {

/// The text of one part with its header, as it stands in a multipart.
using Part = std::string;

bool is_of_body(std::string_view name) {
    return equal_ignoring_case(name, "MIME-Version") ||
           equal_ignoring_case(name.substr(0, 8), "Content-");
}

bool holds_mail(const mime::Message& message) {
    return std::any_of(
        message.attachments.begin(),
        message.attachments.end(),
        [](const auto& attachment) { return attachment.content_type == "message/rfc822"; }
    );
}

bool is_signed(const Content& content) {
    return item_class_of(content).starts_with("IPM.Note.SMIME");
}

Part text_part(std::string_view type, std::string_view text) {
    return fmt::format(
        "Content-Type: text/{}; charset=\"utf-8\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
        type,
        encode_body(text)
    );
}

Part attachment_part(const mime::Attachment& attachment) {
    const auto bytes = mime::decode(attachment);
    auto head = fmt::format("Content-Type: {}\r\n", attachment.content_type);
    if (attachment.content_id) head += fmt::format("Content-ID: <{}>\r\n", *attachment.content_id);
    head += fmt::format("Content-Disposition: {}", attachment.is_inline ? "inline" : "attachment");
    if (attachment.content_type == "message/rfc822") return head + "\r\n\r\n" + bytes;
    if (attachment.filename)
        head += fmt::format("; filename=\"{}\"", encode_header(*attachment.filename));
    return head + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + encode_body(bytes);
}

Part multipart(std::string_view type, const std::vector<Part>& parts, std::uint64_t nth) {
    const auto boundary = fmt::format("_{:06}_{}_", nth, type);
    auto text = fmt::format("Content-Type: multipart/{}; boundary=\"{}\"\r\n\r\n", type, boundary);
    for (const auto& part : parts) text += fmt::format("--{}\r\n{}\r\n", boundary, part);
    return text + fmt::format("--{}--\r\n", boundary);
}

std::string as_html(std::string_view text) {
    std::string html;
    for (const auto letter : text) {
        if (letter == '<' || letter == '&')
            html += letter == '<' ? "&lt;" : "&amp;";
        else
            html += letter;
    }
    return fmt::format("<html><body><pre>{}</pre></body></html>", html);
}

Part body(const mime::Message& message, Maker maker, std::uint64_t nth) {
    if (message.html && !message.text) return text_part("html", *message.html);
    const auto text = message.text.value_or("");
    if (!message.html && maker == Maker::exchange) return text_part("plain", text);
    const auto html = message.html.value_or(as_html(text));
    return multipart("alternative", {text_part("plain", text), text_part("html", html)}, nth);
}

std::string head(const mime::Message& message, Maker maker, std::uint64_t nth) {
    std::string result;
    const auto loses_id = maker == Maker::grommunio && holds_mail(message);
    for (const auto& field : message.headers) {
        if (field.name.empty() || is_of_body(field.name)) continue;
        const auto is = [&field](const char* name) {
            return equal_ignoring_case(field.name, name);
        };
        auto value = field.value;
        if (maker == Maker::grommunio && lower(field.name).starts_with("x-")) continue;
        if (maker == Maker::grommunio && is("Date") && message.date)
            value = mail_date(*message.date);
        if (loses_id && is("Message-ID")) value = fmt::format("<made.{}@gromox.example>", nth);
        result += fmt::format("{}: {}\r\n", field.name, value);
    }
    return result + "MIME-Version: 1.0\r\n";
}

}  // namespace

std::string regenerate_mime(const Content& content, Maker maker, std::uint64_t nth) {
    const auto& message = content.message;
    if (content.mime.empty()) return {};  // such an item cannot be said as a mail
    if (maker == Maker::exchange && is_signed(content)) return content.mime;
    auto result = head(message, maker, nth);
    const auto is_opaque = item_class_of(content) == "IPM.Note.SMIME";
    if (is_opaque && message.attachments.size() == 1)
        return result + attachment_part(message.attachments.front());
    if (message.attachments.empty()) return result + body(message, maker, nth);
    std::vector<Part> parts{body(message, maker, nth)};
    for (const auto& attachment : message.attachments) parts.push_back(attachment_part(attachment));
    return result + multipart("mixed", parts, nth);
}

}  // namespace ews::simulator
