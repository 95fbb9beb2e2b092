// What became of a scenario, as text that people write and compare: decisions, CRM, mailboxes.
#pragma once

#include <algorithm>
#include <set>
#include <string>

#include "agent/decision_json.hpp"
#include "rules/explain.hpp"
#include "tests/scenarios/scenario.hpp"
#include "tests/scenarios/world.hpp"

namespace scenario {

/// The decision without its trace, which has tests of its own.
inline std::string decided(const agent::Job& job) {
    const auto decision = agent::decision_from_json(job.decision);
    if (!decision) return std::string(agent::to_text(job.state)) + ": " + job.note + "\n";
    std::string text = rules::explain(*decision);
    if (const auto why = text.find("\nWhy\n"); why != std::string::npos) text.erase(why);
    if (job.note != decision->reason) text += "note: " + job.note + "\n";
    return text;
}

inline std::string mention(const crm::embedded::Mention& one) {
    return std::string(rules::to_text(one.kind)) + " \"" + one.name + "\"";
}

inline std::string record_line(const crm::embedded::RecordView& record) {
    std::string line = std::string(rules::to_text(record.kind)) + " \"" + record.name + "\"";
    for (const std::string& address : record.addresses) line += " " + address;
    for (const std::string& domain : record.domains) line += " " + domain;
    if (record.account) line += "; account \"" + record.account->name + "\"";
    if (record.contact) line += "; contact \"" + record.contact->name + "\"";
    if (record.owner) line += "; owner \"" + record.owner->name + "\"";
    return line + "\n";
}

/// The first characters of a text, on one line.
inline std::string beginning(const std::string& text) {
    constexpr std::size_t most = 80;
    std::string line;
    std::size_t characters = 0;
    for (const char c : text) {
        const bool begins = (c & 0xC0) != 0x80;
        if (begins && ++characters > most) return line + " …";
        line += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    }
    return line;
}

/// Every line behind a line break, moved in.
inline std::string indented(const std::string& lines) {
    std::string text;
    for (std::size_t at = 0; at < lines.size();) {
        const auto end = std::min(lines.find('\n', at), lines.size());
        if (end > at) text += "\n    " + lines.substr(at, end - at);
        at = end + 1;
    }
    return text + "\n";
}

inline std::string mail_lines(
    const crm::embedded::MailView& mail, const world::World& world, const std::set<std::string>& sent
) {
    std::string text = "email \"" + mail.subject + "\" " + (mail.sent ? "sent" : "received") +
                       ", through " + mail.mailbox + "\n";
    constexpr std::size_t shown = 6;
    for (std::size_t i = 0; i < mail.addresses.size(); ++i) {
        const auto& one = mail.addresses[i];
        if (i == shown) text += "  and " + std::to_string(mail.addresses.size() - shown) + " addresses more\n";
        if (i >= shown) break;
        text += "  " + one.position + " " + (one.name.empty() ? "" : one.name + " ") + "<" + one.address + ">\n";
    }
    text += "  says \"" + beginning(mail.text) + "\"\n";
    std::vector<std::string> links;
    for (const crm::embedded::Mention& link : mail.links) links.push_back(mention(link));
    std::sort(links.begin(), links.end());
    for (const std::string& link : links) text += "  linked to " + link + "\n";
    for (const crm::embedded::AttachmentView& file : mail.attachments) {
        text += "  file " + file.filename + ", " + file.content_type + ", " +
                std::to_string(file.size) + " bytes\n";
    }
    if (const auto summary = mail.text.find("\n\nAttachments:\n"); summary != std::string::npos) {
        text += "  text ends:" + indented(mail.text.substr(summary + 1));
    }
    const std::string original = world.crm([&mail](crm::embedded::Database& db) {
        return crm::embedded::mail_original(db, mail.id);
    });
    return text + "  original " + (sent.contains(original) ? "kept byte for byte" : "CHANGED") + "\n";
}

inline std::string folder_lines(
    const world::World& world, const std::string& mailbox, const std::string& folder
) {
    std::string text;
    for (const ews::simulator::ItemSnapshot& item : world.exchange.items(mailbox, folder)) {
        text += "  " + folder + ": \"" + item.subject + "\" " + (item.is_read ? "read" : "unread");
        for (const std::string& category : item.categories) text += " [" + category + "]";
        text += "\n";
    }
    return text;
}

/// The folders that somebody made and the mails in all that matter.
inline std::string mailbox_lines(const world::World& world, const std::string& mailbox) {
    std::string text = mailbox + "\n", made, removed, bin;
    std::vector<std::string> folders{"inbox", "sentitems", "deleteditems"};
    const auto present = world.exchange.folders(mailbox);
    for (const ews::simulator::FolderSnapshot& folder : present) {
        if (folder.distinguished == "deleteditems") bin = folder.id;
    }
    for (const ews::simulator::FolderSnapshot& folder : present) {
        if (!folder.distinguished.empty()) continue;
        folders.push_back(folder.display_name);
        std::string& list = folder.parent_id == bin ? removed : made;
        list += (list.empty() ? "" : ", ") + folder.display_name;
    }
    text += "  folders: " + made + "\n";
    if (!removed.empty()) text += "  in Deleted Items: " + removed + "\n";
    for (const std::string& folder : folders) text += folder_lines(world, mailbox, folder);
    return text;
}

}  // namespace scenario
