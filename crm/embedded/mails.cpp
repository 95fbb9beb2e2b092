#include "crm/embedded/mails.hpp"

#include <set>

#include "crm/embedded/records.hpp"
#include "crm/excess.hpp"
#include "crm/sha256.hpp"

namespace crm::embedded {
namespace {

/// Nothing where what was brought up of it has gone.
std::optional<RowId> blob(Database& database, const Content& content, const Uploads& uploads) {
    if (const auto* upload = uploads.find(content)) return upload->settle(database);
    const auto bytes = content.whole();
    const auto hash = sha256(bytes);
    {
        auto known = database.query("SELECT id FROM blobs WHERE sha256 = ?", hash);
        if (known.next()) return known.integer(0);
    }
    database.run("INSERT INTO blobs (sha256, bytes) VALUES (?, ?)", hash, Blob{bytes});
    return database.last_id();
}

Error uploads_gone() {
    return {
        errc::busy,
        "the bytes of the mail were removed from the CRM while they were brought in",
        std::nullopt};
}

Result<RowId> insert_mail(
    Database& database, const NewMail& mail, const Uploads& uploads, std::chrono::sys_seconds now
) {
    Record record;
    record.kind = rules::RecordKind::email;
    record.name = mail.subject;
    record.owner = user_of(database, mail.mailbox);
    const auto id = insert_record(database, record, now);
    std::optional<std::int64_t> date;
    if (mail.date) date = mail.date->time_since_epoch().count();
    std::optional<RowId> original;
    if (mail.original) {
        original = blob(database, *mail.original, uploads);
        if (!original) return uploads_gone();
    }
    database.run(
        "INSERT INTO mails "
        "(record, message_id, text, new_text, html, date, sent, mailbox, original) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        mail.message_id,
        mail.text,
        mail.new_text,
        mail.html,
        date,
        mail.sent,
        mail.mailbox,
        original
    );
    return id;
}

Result<void> insert_parts(
    Database& database, RowId id, const NewMail& mail, const Uploads& uploads
) {
    std::int64_t ordinal = 0;
    for (const auto& address : mail.addresses) {
        database.run(
            "INSERT INTO mail_addresses (mail, ordinal, position, name, address) "
            "VALUES (?, ?, ?, ?, ?)",
            id,
            ordinal++,
            address.position,
            address.name,
            address.address
        );
    }
    ordinal = 1;
    for (const auto& attachment : mail.attachments) {
        const auto content = blob(database, attachment.content, uploads);
        if (!content) return uploads_gone();
        database.run(
            "INSERT INTO attachments (mail, ordinal, filename, content_type, blob) "
            "VALUES (?, ?, ?, ?, ?)",
            id,
            ordinal++,
            attachment.filename,
            attachment.content_type,
            *content
        );
    }
    return {};
}

}  // namespace

Result<Stored> store_mail(
    Database& database,
    const NewMail& mail,
    const std::vector<Link>& more,
    const Uploads& uploads,
    std::chrono::sys_seconds now
) {
    if (auto error = excess(mail)) return *error;
    std::set<RowId> links;
    for (const auto* list : {&mail.links, &more}) {
        for (const auto& link : *list) {
            const auto record = existing(database, link.kind, link.id);
            if (!record) return record.error();
            links.insert(*record);
        }
    }
    const auto known = row_of_key(database, mail.key);
    auto id = known.value_or(0);
    if (!known) {
        const auto inserted = insert_mail(database, mail, uploads, now);
        if (!inserted) return inserted.error();
        id = *inserted;
        const auto parts = insert_parts(database, id, mail, uploads);
        if (!parts) return parts.error();
        remember_key(database, mail.key, id);
    } else {
        uploads.discard(database);
    }
    for (const auto link : links) {
        database.run(
            "INSERT INTO links (mail, record) VALUES (?, ?) ON CONFLICT DO NOTHING", id, link
        );
    }
    return Stored{std::to_string(id), known.has_value()};
}

}  // namespace crm::embedded
