#include "agent/commands/crm_view.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <boost/json.hpp>

namespace agent {
namespace {

using crm::embedded::MailView;
using crm::embedded::Mention;
using crm::embedded::RecordView;
namespace json = boost::json;

constexpr std::size_t widest_cell = 44;

std::string time_text(std::chrono::sys_seconds time) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(time.time_since_epoch().count()));
}

struct Glyph {
    std::string text;
    std::size_t width = 0;
};

/// Columns that a character takes on a terminal; control characters, which could command it, become
/// U+FFFD.
Glyph next_glyph(const std::string& text, int32_t& at) {
    const auto begin = static_cast<std::size_t>(at);
    UChar32 character = 0;
    U8_NEXT(text.data(), at, static_cast<int32_t>(text.size()), character);
    const auto type = character < 0 ? U_CONTROL_CHAR : u_charType(character);
    if (type == U_CONTROL_CHAR) return {character == '\t' ? " " : "\xEF\xBF\xBD", 1};
    std::string bytes = text.substr(begin, static_cast<std::size_t>(at) - begin);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) {
        return {std::move(bytes), 0};
    }
    const auto wide = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
    return {std::move(bytes), wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2U : 1U};
}

Glyph printable(const std::string& text, std::size_t limit) {
    Glyph result;
    for (int32_t at = 0; at < static_cast<int32_t>(text.size());) {
        const auto glyph = next_glyph(text, at);
        if (result.width + glyph.width > limit) return {result.text + "…", result.width + 1};
        result.text += glyph.text;
        result.width += glyph.width;
    }
    return result;
}

/// Text of several lines, without what could command the terminal.
std::string printable_lines(const std::string& text) {
    std::string result;
    for (int32_t at = 0; at < static_cast<int32_t>(text.size());) {
        const char c = text[static_cast<std::size_t>(at)];
        if (c == '\n' || c == '\t') {
            result += c;
            ++at;
        } else if (c == '\r') {
            ++at;
        } else {
            result += next_glyph(text, at).text;
        }
    }
    return result;
}

std::string one_line(const std::string& text) {
    return printable(text, std::string::npos - 1).text;
}

using Cells = std::vector<std::string>;

std::string aligned(const std::vector<Cells>& rows) {
    std::vector<std::size_t> widths(rows.front().size(), 0);
    std::vector<std::vector<Glyph>> printed;
    for (const auto& row : rows) {
        auto& line = printed.emplace_back();
        for (std::size_t i = 0; i < row.size(); ++i) {
            line.push_back(printable(row[i], widest_cell));
            widths[i] = std::max(widths[i], line.back().width);
        }
    }
    std::string text;
    for (const auto& line : printed) {
        std::string row;
        for (std::size_t i = 0; i < line.size(); ++i) {
            row += line[i].text;
            row.append(widths[i] - line[i].width + 2, ' ');
        }
        row.erase(row.find_last_not_of(' ') + 1);
        text += row + "\n";
    }
    return text;
}

std::string name_of(const std::optional<Mention>& mention) {
    return mention ? mention->name : std::string();
}

std::string sender(const MailView& mail) {
    for (const auto& address : mail.addresses) {
        if (address.position == "from") return address.address;
    }
    return {};
}

std::string described(const Mention& mention) {
    return fmt::format(
        "{} {}  {}", rules::to_text(mention.kind), mention.id, one_line(mention.name)
    );
}

void add_line(std::string& text, std::string_view label, const std::string& value) {
    if (!value.empty()) text += fmt::format("{:<12} {}\n", label, value);
}

json::value mention_json(const std::optional<Mention>& mention) {
    if (!mention) return nullptr;
    return {
        {"kind", std::string(rules::to_text(mention->kind))},
        {"id", mention->id},
        {"name", mention->name}};
}

json::array mentions_json(const std::vector<Mention>& mentions) {
    json::array array;
    for (const auto& mention : mentions) array.push_back(mention_json(mention));
    return array;
}

json::array strings_json(const std::vector<std::string>& strings) {
    return json::array(strings.begin(), strings.end());
}

template <class T>
json::value or_null(const std::optional<T>& value) {
    return value ? json::value(*value) : json::value(nullptr);
}

json::object to_json(const RecordView& record) {
    json::object fields;
    for (const auto& [name, value] : record.fields) fields[name] = value;
    return {
        {"kind", std::string(rules::to_text(record.kind))},
        {"id", record.id},
        {"name", record.name},
        {"status", record.status},
        {"account", mention_json(record.account)},
        {"contact", mention_json(record.contact)},
        {"owner", mention_json(record.owner)},
        {"addresses", strings_json(record.addresses)},
        {"domains", strings_json(record.domains)},
        {"fields", fields},
        {"created", time_text(record.created)},
        {"modified", time_text(record.modified)},
        {"mails", mentions_json(record.mails)}};
}

json::object to_json(const MailView& mail) {
    json::array addresses;
    for (const auto& [position, name, address] : mail.addresses) {
        addresses.push_back({{"position", position}, {"name", name}, {"address", address}});
    }
    json::array attachments;
    for (const auto& attachment : mail.attachments) {
        attachments.push_back(
            {{"filename", attachment.filename},
             {"content_type", attachment.content_type},
             {"size", attachment.size},
             {"sha256", attachment.sha256}}
        );
    }
    const auto date = mail.date ? json::value(time_text(*mail.date)) : json::value(nullptr);
    return {
        {"kind", "email"},
        {"id", mail.id},
        {"subject", mail.subject},
        {"message_id", mail.message_id},
        {"date", date},
        {"direction", mail.sent ? "sent" : "received"},
        {"mailbox", mail.mailbox},
        {"addresses", addresses},
        {"text", mail.text},
        {"html", or_null(mail.html)},
        {"attachments", attachments},
        {"links", mentions_json(mail.links)},
        {"original_sha256", or_null(mail.original_sha256)},
        {"archived", time_text(mail.created)}};
}

template <class Views>
std::string lines_of(const Views& views) {
    std::string lines;
    for (const auto& view : views) lines += json::serialize(to_json(view)) + "\n";
    return lines;
}

}  // namespace

std::string table(const std::vector<RecordView>& records) {
    if (records.empty()) return "no records\n";
    std::vector<Cells> rows{
        {"KIND", "ID", "NAME", "ADDRESS OR DOMAIN", "ACCOUNT", "OWNER", "STATUS", "MAILS"}};
    for (const auto& record : records) {
        const auto& where = record.addresses.empty() ? record.domains : record.addresses;
        rows.push_back(
            {std::string(rules::to_text(record.kind)),
             record.id,
             record.name,
             fmt::format("{}", fmt::join(where, " ")),
             name_of(record.account),
             name_of(record.owner),
             record.status,
             record.mails.empty() ? "" : std::to_string(record.mails.size())}
        );
    }
    return aligned(rows);
}

std::string table(const std::vector<MailView>& mails) {
    if (mails.empty()) return "no e-mails\n";
    std::vector<Cells> rows{{"EMAIL", "DATE", "WAY", "FROM", "SUBJECT", "FILES", "LINKED TO"}};
    for (const auto& mail : mails) {
        std::vector<std::string> links;
        for (const auto& link : mail.links) links.push_back(link.name);
        rows.push_back(
            {mail.id,
             mail.date ? time_text(*mail.date) : "",
             mail.sent ? "sent" : "received",
             sender(mail),
             mail.subject,
             mail.attachments.empty() ? "" : std::to_string(mail.attachments.size()),
             fmt::format("{}", fmt::join(links, ", "))}
        );
    }
    return aligned(rows);
}

std::string page(const RecordView& record) {
    std::string text =
        fmt::format("{} {}  {}\n", rules::to_text(record.kind), record.id, one_line(record.name));
    add_line(text, "status", one_line(record.status));
    for (const auto& address : record.addresses) add_line(text, "address", one_line(address));
    for (const auto& domain : record.domains) add_line(text, "domain", one_line(domain));
    if (record.account) add_line(text, "account", described(*record.account));
    if (record.contact) add_line(text, "contact", described(*record.contact));
    if (record.owner) add_line(text, "owner", described(*record.owner));
    for (const auto& [name, value] : record.fields) {
        add_line(text, one_line(name), printable_lines(value));
    }
    add_line(text, "created", time_text(record.created));
    add_line(text, "modified", time_text(record.modified));
    for (const auto& mail : record.mails) add_line(text, "mail", described(mail));
    return text;
}

std::string page(const MailView& mail) {
    std::string text = fmt::format("email {}  {}\n", mail.id, one_line(mail.subject));
    for (const auto& [position, name, address] : mail.addresses) {
        const auto shown = name.empty() ? address : fmt::format("{} <{}>", name, address);
        add_line(text, position, one_line(shown));
    }
    if (mail.date) add_line(text, "date", time_text(*mail.date));
    add_line(text, "message-id", one_line(mail.message_id));
    add_line(text, "direction", mail.sent ? "sent" : "received");
    add_line(text, "mailbox", one_line(mail.mailbox));
    add_line(text, "archived", time_text(mail.created));
    add_line(text, "sha256", mail.original_sha256.value_or(""));
    for (const auto& link : mail.links) add_line(text, "linked to", described(link));
    for (std::size_t i = 0; i < mail.attachments.size(); ++i) {
        const auto& [filename, type, hash, size] = mail.attachments[i];
        const auto line = fmt::format("{}  {} ({}, {} bytes)", i + 1, filename, type, size);
        add_line(text, "attachment", one_line(line));
    }
    if (!mail.text.empty()) text += "\n" + printable_lines(mail.text) + "\n";
    return text;
}

std::string json_lines(const std::vector<RecordView>& records) {
    return lines_of(records);
}
std::string json_lines(const std::vector<MailView>& mails) {
    return lines_of(mails);
}

}  // namespace agent
