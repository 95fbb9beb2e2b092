#include "agent/commands/crm_view.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "agent/terminal_text.hpp"
#include "agent/utc_text.hpp"

namespace agent {
namespace {

using crm::embedded::MailView;
using crm::embedded::Mention;
using crm::embedded::RecordView;

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
             mail.date ? utc_text(*mail.date) : "",
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
    add_line(text, "created", utc_text(record.created));
    add_line(text, "modified", utc_text(record.modified));
    for (const auto& mail : record.mails) add_line(text, "mail", described(mail));
    return text;
}

std::string page(const MailView& mail) {
    std::string text = fmt::format("email {}  {}\n", mail.id, one_line(mail.subject));
    for (const auto& [position, name, address] : mail.addresses) {
        const auto shown = name.empty() ? address : fmt::format("{} <{}>", name, address);
        add_line(text, position, one_line(shown));
    }
    if (mail.date) add_line(text, "date", utc_text(*mail.date));
    add_line(text, "message-id", one_line(mail.message_id));
    add_line(text, "direction", mail.sent ? "sent" : "received");
    add_line(text, "mailbox", one_line(mail.mailbox));
    add_line(text, "archived", utc_text(mail.created));
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

}  // namespace agent
