#include "crm/embedded/mails.hpp"

#include <fmt/format.h>
#include <openssl/sha.h>

#include <array>
#include <set>

#include "crm/embedded/records.hpp"
#include "crm/excess.hpp"

namespace crm::embedded {
namespace {

RowId blob(Database& database, std::string_view bytes) {
    const auto hash = sha256(bytes);
    {
        auto known = database.query("SELECT id FROM blobs WHERE sha256 = ?", hash);
        if (known.next()) return known.integer(0);
    }
    database.run("INSERT INTO blobs (sha256, bytes) VALUES (?, ?)", hash, Blob{bytes});
    return database.last_id();
}

RowId insert_mail(Database& database, const NewMail& mail, std::chrono::sys_seconds now) {
    Record record;
    record.kind = rules::RecordKind::email;
    record.name = mail.subject;
    record.owner = user_of(database, mail.mailbox);
    const auto id = insert_record(database, record, now);
    std::optional<std::int64_t> date;
    if (mail.date) date = mail.date->time_since_epoch().count();
    std::optional<RowId> original;
    if (mail.original) original = blob(database, *mail.original);
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

void insert_parts(Database& database, RowId id, const NewMail& mail) {
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
        const auto content = blob(database, attachment.content);
        database.run(
            "INSERT INTO attachments (mail, ordinal, filename, content_type, blob) "
            "VALUES (?, ?, ?, ?, ?)",
            id,
            ordinal++,
            attachment.filename,
            attachment.content_type,
            content
        );
    }
}

}  // namespace

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    std::string hex;
    for (const auto byte : digest) hex += fmt::format("{:02x}", byte);
    return hex;
}

Result<Stored> store_mail(Database& database, const NewMail& mail, std::chrono::sys_seconds now) {
    if (auto error = excess(mail)) return *error;
    std::set<RowId> links;
    for (const auto& link : mail.links) {
        const auto record = existing(database, link.kind, link.id);
        if (!record) return record.error();
        links.insert(*record);
    }
    const auto known = row_of_key(database, mail.key);
    auto id = known.value_or(0);
    if (!known) {
        id = insert_mail(database, mail, now);
        insert_parts(database, id, mail);
        remember_key(database, mail.key, id);
    }
    for (const auto link : links) {
        database.run(
            "INSERT INTO links (mail, record) VALUES (?, ?) ON CONFLICT DO NOTHING", id, link
        );
    }
    return Stored{std::to_string(id), known.has_value()};
}

}  // namespace crm::embedded
