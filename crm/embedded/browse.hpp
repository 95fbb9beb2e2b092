// What is in the embedded CRM, for people to look at: `mailferry crm list` and `show`, and tests.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crm/archive.hpp"
#include "crm/embedded/database.hpp"

namespace crm::embedded {

/// A record that another one points to.
struct Mention {
    rules::RecordKind kind = rules::RecordKind::contact;
    std::string id, name;
    bool operator==(const Mention&) const = default;
};

struct RecordView {
    rules::RecordKind kind = rules::RecordKind::contact;
    std::string id, name, status;
    std::optional<Mention> account, contact, owner;
    std::map<std::string, std::string> fields;
    std::vector<std::string> addresses, domains;
    std::chrono::sys_seconds created{}, modified{};
    std::vector<Mention> mails;  ///< archived mails linked to it, the latest first
};

struct AttachmentView {
    std::string filename, content_type, sha256;
    std::size_t size = 0;
};

struct MailView {
    std::string id, subject, message_id, text, new_text, mailbox;
    std::optional<std::string> html, original_sha256;
    std::optional<std::chrono::sys_seconds> date;
    std::chrono::sys_seconds created{};
    bool sent = false;
    std::vector<MailAddress> addresses;
    std::vector<AttachmentView> attachments;
    std::vector<Mention> links;
};

/// Records of one kind (not e-mails), or of all, by kind and id.
Result<std::vector<RecordView>> list_records(
    Database& database, std::optional<rules::RecordKind> kind
);
Result<std::vector<MailView>> list_mails(Database& database);  ///< by id

/// not_found if there is none.
Result<RecordView> show_record(Database& database, rules::RecordKind kind, const std::string& id);
Result<MailView> show_mail(Database& database, const std::string& id);
Result<std::string> mail_original(Database& database, const std::string& id);
/// `number` counts from 1.
Result<std::string> mail_attachment(Database& database, const std::string& id, int number);

}  // namespace crm::embedded
