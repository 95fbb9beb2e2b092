// What the agent does to a CRM: create records, store mails with their links, take back a record
// that nobody needs after all. Every call carries a key of idempotency; the same key again changes
// nothing and returns what is there.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crm/content.hpp"
#include "crm/error.hpp"
#include "rules/vocabulary.hpp"

namespace crm {

/// A record to create; references are resolved to CRM ids.
struct NewRecord {
    std::string key;
    rules::RecordKind kind = rules::RecordKind::contact;
    std::string name;
    std::map<std::string, std::string> fields;    ///< as in rules::Create
    std::optional<std::string> account, contact;  ///< CRM ids
    std::string
        owner;  ///< comparable address of the acting mailbox; the CRM's user of that address owns
};

/// A record in the CRM. `existed`: the key was known, nothing was created.
struct Stored {
    std::string id;
    bool existed = false;
    bool operator==(const Stored&) const = default;
};

struct MailAddress {
    std::string position;  ///< from, reply-to, to, cc, bcc
    std::string name, address;
    bool operator==(const MailAddress&) const = default;
};

struct MailAttachment {
    std::string filename, content_type;
    Content content;  ///< decoded bytes
    bool operator==(const MailAttachment&) const = default;
};

struct Link {
    rules::RecordKind kind = rules::RecordKind::contact;
    std::string id;
    auto operator<=>(const Link&) const = default;
};

/// A mail to archive.
struct NewMail {
    std::string key;  ///< the same for every copy of the mail
    std::string message_id, subject, text;
    std::string new_text;  ///< what `text` says that is neither quoted nor signature
    std::optional<std::string> html;  ///< safe to be shown in a page: see mime/safe_html
    std::optional<std::chrono::sys_seconds> date;
    bool sent = false;  ///< direction: by the mailbox owner
    std::vector<MailAddress> addresses;
    std::vector<MailAttachment> attachments;
    std::vector<Link> links;
    std::string mailbox;  ///< comparable address of the mailbox it came through
    std::optional<Content> original;  ///< the bytes as Exchange gave them; kept with their hash
};

/// A record of a Bundle.
struct BundledRecord {
    NewRecord record;
    std::optional<std::string> account_key, contact_key;  ///< of one before it, in place of the id
};

/// A mail and the records that it brings along.
struct Bundle {
    std::vector<BundledRecord> records;
    NewMail mail;
    std::vector<Link> links;  ///< beside those of the mail; their ids are keys of `records`
};

struct StoredBundle {
    std::vector<Stored> records;  ///< in the order of the bundle
    Stored mail;
};

/// What became of the record under a key that was taken back.
enum class Undone {
    removed,  ///< it is gone and its key is free
    kept,     ///< it is a mail, or somebody links or refers to it or has changed it: it stays
    nothing,  ///< no record has this key; taken back already, or never created
};

class Archive {
public:
    virtual ~Archive() = default;

    virtual boost::asio::awaitable<Result<Stored>> create(NewRecord record) = 0;

    /// After success the mail is there once, linked to all of `links`: for a key that is known,
    /// links that are missing are added, nothing else changes.
    virtual boost::asio::awaitable<Result<Stored>> store(NewMail mail) = 0;

    /// Takes back what `create` made under this key, unless others have come to need it: looking
    /// and removing are one step. All three answers are success; it may be repeated.
    virtual boost::asio::awaitable<Result<Undone>> undo(std::string key) = 0;

    /// This CRM can do in one step, all of it or nothing, what `create` for each record and then
    /// `store` would do; the keys mean the same. Else nobody may ask it to.
    virtual bool has_bundles() const { return false; }
    virtual boost::asio::awaitable<Result<StoredBundle>> store_bundle(Bundle bundle) {
        co_return Error{
            errc::refused, "a bundle for " + bundle.mail.key + ", of a CRM without", std::nullopt};
    }
};

}  // namespace crm
