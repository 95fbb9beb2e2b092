// Longer than other files: every part of a mail that is put together, from the head to the files.
#include "agent/compose_mime.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "agent/mail_header.hpp"
#include "ews/base64.hpp"
#include "mime/ascii.hpp"

namespace agent {

namespace {

using People = std::vector<ews::Correspondent>;

/// Header and body of a part; the body ends with a line end.
struct Part {
    std::string header, body;
};

bool describes_encoding(std::string_view name) {
    return mime::equal(name.substr(0, 8), "Content-") || mime::equal(name, "MIME-Version");
}

/// RFC 5322 §2.2
bool is_field_name(std::string_view name) {
    return !name.empty() &&
           std::ranges::all_of(name, [](char c) { return c > ' ' && c <= '~' && c != ':'; });
}

bool names_people(std::string_view name) {
    constexpr std::string_view fields[]{"From", "Sender", "Reply-To", "To", "Cc", "Bcc"};
    return std::ranges::any_of(fields, [name](auto field) { return mime::equal(field, name); });
}

/// Writes the fields that came over the wire, then what is missing among them.
class Head {
public:
    explicit Head(const ews::Item& item) : item_(item) {
        for (const ews::Header& one : item.parts.headers) {
            if (!is_field_name(one.name) || describes_encoding(one.name)) continue;
            // Names in other letters are in the properties as well, and there without doubt.
            if (names_people(one.name) && !is_plain_ascii(one.value)) continue;
            text_ += header_field(one.name, one.value);
            names_.push_back(mime::lower(one.name));
        }
    }

    std::string text() {
        add("date", date());
        add_people("From", item_.from ? People{*item_.from} : People{});
        const bool has_other_sender = item_.sender && item_.sender != item_.from;
        add_people("Sender", has_other_sender ? People{*item_.sender} : People{});
        add_people("Reply-To", item_.parts.reply_to);
        add_people("To", item_.parts.to);
        add_people("Cc", item_.parts.cc);
        add_people("Bcc", item_.parts.bcc);
        add_text("Subject", item_.subject);
        add_text("Message-ID", item_.internet_message_id);
        add_text("In-Reply-To", item_.in_reply_to);
        add_text("References", item_.references);
        return text_;
    }

private:
    std::string date() const {
        const std::optional<ews::Time> time = item_.sent ? item_.sent : item_.received;
        return time ? header_field("Date", mail_date(*time)) : std::string();
    }
    void add(std::string_view name, const std::string& field) {
        if (std::ranges::find(names_, name) == names_.end()) text_ += field;
    }
    void add_people(std::string_view name, const People& people) {
        add(mime::lower(name), address_field(name, people));
    }
    void add_text(std::string_view name, const std::string& value) {
        if (!value.empty()) add(mime::lower(name), header_field(name, value));
    }

    const ews::Item& item_;
    std::string text_;
    std::vector<std::string> names_;  ///< in lower case
};

/// RFC 2045 §6.8
std::string base64_lines(std::string_view bytes) {
    constexpr std::size_t line = 57;  // bytes, 76 letters
    std::string lines;
    lines.reserve(bytes.size() / line * 78 + 80);
    for (std::size_t at = 0; at < bytes.size(); at += line)
        lines += ews::encode_base64(bytes.substr(at, line)) + "\r\n";
    return lines;
}

Part body_part(const ews::ItemParts& parts) {
    const std::string_view type = parts.is_html ? "html" : "plain";
    return {
        fmt::format(
            "Content-Type: text/{}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n", type
        ),
        base64_lines(parts.body)};
}

/// `type/subtype` of letters that need no quotes (RFC 2045 §5.1), and no multipart, whose bytes
/// would be read as parts.
std::string media_type(const std::string& told) {
    const std::string type = mime::lower(told.substr(0, told.find(';')));
    const std::size_t slash = type.find('/');
    const bool is_type = slash != std::string::npos && slash > 0 && slash + 1 < type.size() &&
                         std::ranges::all_of(type, [](char c) {
                             return mime::is_letter(c) || mime::is_digit(c) ||
                                    std::string_view("/.+-_").find(c) != std::string_view::npos;
                         });
    const bool is_leaf =
        is_type && !type.starts_with("multipart/") && !type.starts_with("message/");
    return is_leaf ? type : "application/octet-stream";
}

std::string content_id(const std::string& told) {
    std::string id = told;
    std::erase_if(id, [](char c) { return c <= ' ' || c > '~' || c == '<' || c == '>'; });
    return id.empty() ? id : fmt::format("Content-ID: <{}>\r\n", id);
}

/// An attached mail must not be encoded (RFC 2046 §5.2.1).
Part mail_part(const AttachedFile& file) {
    const bool is_plain = std::ranges::all_of(file.bytes, [](char c) {
        return static_cast<unsigned char>(c) < 0x80;
    });
    Part part;
    part.header = fmt::format(
        "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: {}\r\n"
        "Content-Disposition: attachment{}\r\n",
        is_plain ? "7bit" : "8bit",
        header_parameter("filename", file.about.name + ".eml")
    );
    part.body = file.bytes;
    if (!part.body.ends_with('\n')) part.body += "\r\n";
    return part;
}

Part file_part(const AttachedFile& file) {
    if (file.is_mail) return mail_part(file);
    Part part;
    part.header = fmt::format(
        "Content-Type: {}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: {}{}\r\n{}",
        media_type(file.about.content_type),
        file.about.is_inline ? "inline" : "attachment",
        file.about.name.empty() ? "" : header_parameter("filename", file.about.name),
        content_id(file.about.content_id)
    );
    part.body = base64_lines(file.bytes);
    return part;
}

/// Of a boundary that stands in no part: only attached mails have text of their own.
Part multipart(std::string_view subtype, const std::vector<Part>& parts) {
    std::string boundary;
    for (int number = 1; boundary.empty(); ++number) {
        boundary = fmt::format("=_parts_{}", number);
        const auto holds = [&](const Part& part) {
            return part.body.find(boundary) != std::string::npos;
        };
        if (std::ranges::any_of(parts, holds)) boundary.clear();
    }
    Part whole;
    whole.header =
        fmt::format("Content-Type: multipart/{};\r\n boundary=\"{}\"\r\n", subtype, boundary);
    for (const Part& part : parts)
        whole.body += fmt::format("--{}\r\n{}\r\n{}\r\n", boundary, part.header, part.body);
    whole.body += fmt::format("--{}--\r\n", boundary);
    return whole;
}

/// A picture that the HTML shows.
bool belongs_to_body(const AttachedFile& file, const ews::ItemParts& parts) {
    const std::string& id = file.about.content_id;
    return parts.is_html && !file.is_mail && !id.empty() &&
           parts.body.find("cid:" + id) != std::string::npos;
}

}  // namespace

std::string compose_mime(const ews::Item& item, const std::vector<AttachedFile>& files) {
    std::vector<Part> body{body_part(item.parts)}, others;
    for (const AttachedFile& file : files) {
        auto& place = belongs_to_body(file, item.parts) ? body : others;
        place.push_back(file_part(file));
    }
    Part whole = body.size() == 1 ? std::move(body.front()) : multipart("related", body);
    if (!others.empty()) {
        others.insert(others.begin(), std::move(whole));
        whole = multipart("mixed", others);
    }
    return Head(item).text() + "MIME-Version: 1.0\r\n" + whole.header + "\r\n" + whole.body;
}

}  // namespace agent
