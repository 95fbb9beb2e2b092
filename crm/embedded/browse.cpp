#include "crm/embedded/browse.hpp"

#include <fmt/format.h>

#include <limits>

#include "crm/embedded/records.hpp"
#include "crm/embedded/upload.hpp"

namespace crm::embedded {
namespace {

using rules::RecordKind;

std::chrono::sys_seconds time(std::int64_t seconds) {
    return std::chrono::sys_seconds(std::chrono::seconds(seconds));
}

Error not_found(std::string text) {
    return {errc::not_found, std::move(text), std::nullopt};
}

std::vector<Mention> mentions(Statement row) {
    std::vector<Mention> mentions;
    while (row.next()) {
        const auto kind = rules::record_kind(row.text(0)).value_or(RecordKind::contact);
        mentions.push_back({kind, std::to_string(row.integer(1)), row.text(2)});
    }
    return mentions;
}

std::optional<Mention> mention(Database& database, std::optional<RowId> id) {
    if (!id) return std::nullopt;
    auto found = mentions(database.query("SELECT kind, id, name FROM records WHERE id = ?", *id));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

RecordView record_view(Database& database, RowId id) {
    RecordView view;
    view.id = std::to_string(id);
    if (auto record = read_record(database, id)) {
        view.kind = record->kind;
        view.name = std::move(record->name);
        view.status = std::move(record->status);
        view.account = mention(database, record->account);
        view.contact = mention(database, record->contact);
        view.owner = mention(database, record->owner);
        view.fields = std::move(record->fields);
        view.addresses = std::move(record->addresses);
        view.domains.assign(record->domains.begin(), record->domains.end());
    }
    auto times = database.query("SELECT created, modified FROM records WHERE id = ?", id);
    if (times.next()) {
        view.created = time(times.integer(0));
        view.modified = time(times.integer(1));
    }
    view.mails = mentions(database.query(
        "SELECT r.kind, r.id, r.name FROM links l JOIN records r ON r.id = l.mail "
        "WHERE l.record = ? ORDER BY r.id DESC",
        id
    ));
    return view;
}

void read_mail_parts(Database& database, RowId id, MailView& view) {
    auto address = database.query(
        "SELECT position, name, address FROM mail_addresses WHERE mail = ? ORDER BY ordinal", id
    );
    while (address.next()) {
        view.addresses.push_back({address.text(0), address.text(1), address.text(2)});
    }
    auto attachment = database.query(
        "SELECT a.filename, a.content_type, b.sha256, length(b.bytes) + "
        "coalesce((SELECT sum(length(c.bytes)) FROM chunks c WHERE c.blob = b.id), 0) FROM "
        "attachments a "
        "JOIN blobs b ON b.id = a.blob WHERE a.mail = ? ORDER BY a.ordinal",
        id
    );
    while (attachment.next()) {
        view.attachments.push_back(
            {attachment.text(0),
             attachment.text(1),
             attachment.text(2),
             static_cast<std::size_t>(attachment.integer(3))}
        );
    }
    view.links = mentions(database.query(
        "SELECT r.kind, r.id, r.name FROM links l JOIN records r ON r.id = l.record "
        "WHERE l.mail = ? ORDER BY r.kind, r.id",
        id
    ));
}

std::vector<MailView> mail_views(Database& database, RowId first, RowId last) {
    std::vector<MailView> views;
    auto row = database.query(
        "SELECT r.id, r.name, m.message_id, m.text, m.mailbox, m.html, b.sha256, m.date, "
        "r.created, m.sent, m.new_text FROM mails m JOIN records r ON r.id = m.record "
        "LEFT JOIN blobs b ON b.id = m.original WHERE m.record BETWEEN ? AND ? ORDER BY r.id",
        first,
        last
    );
    while (row.next()) {
        MailView view;
        view.id = std::to_string(row.integer(0));
        view.subject = row.text(1);
        view.message_id = row.text(2);
        view.text = row.text(3);
        view.mailbox = row.text(4);
        view.html = row.text_or_null(5);
        view.original_sha256 = row.text_or_null(6);
        if (const auto date = row.integer_or_null(7)) view.date = time(*date);
        view.created = time(row.integer(8));
        view.sent = row.integer(9) != 0;
        view.new_text = row.text(10);
        read_mail_parts(database, row.integer(0), view);
        views.push_back(std::move(view));
    }
    return views;
}

/// Of the blob that the row names.
Result<std::string> bytes(Database& database, Statement row, std::string_view absent) {
    if (row.next()) {
        if (auto found = blob_bytes(database, row.integer(0))) return *std::move(found);
    }
    return not_found(std::string(absent));
}

}  // namespace

Result<std::vector<RecordView>> list_records(Database& database, std::optional<RecordKind> kind) {
    const auto read = [kind](Database& open) -> Result<std::vector<RecordView>> {
        const auto wanted = kind ? std::optional(rules::to_text(*kind)) : std::nullopt;
        std::vector<RecordView> views;
        auto row = open.query(
            "SELECT id FROM records WHERE kind <> 'email' AND (?1 IS NULL OR kind = ?1) "
            "ORDER BY kind, id",
            wanted
        );
        while (row.next()) views.push_back(record_view(open, row.integer(0)));
        return views;
    };
    return reading(database, read);
}

Result<std::vector<MailView>> list_mails(Database& database) {
    const auto read = [](Database& open) -> Result<std::vector<MailView>> {
        return mail_views(open, 0, std::numeric_limits<RowId>::max());
    };
    return reading(database, read);
}

Result<RecordView> show_record(Database& database, RecordKind kind, const std::string& id) {
    const auto read = [&](Database& open) -> Result<RecordView> {
        const auto row = existing(open, kind, id);
        if (!row) return row.error();
        return record_view(open, *row);
    };
    return reading(database, read);
}

Result<MailView> show_mail(Database& database, const std::string& id) {
    const auto read = [&](Database& open) -> Result<MailView> {
        const auto row = existing(open, RecordKind::email, id);
        if (!row) return row.error();
        auto views = mail_views(open, *row, *row);
        if (views.empty()) return not_found("the e-mail is gone");
        return std::move(views.front());
    };
    return reading(database, read);
}

Result<std::string> mail_original(Database& database, const std::string& id) {
    const auto read = [&](Database& open) -> Result<std::string> {
        const auto row = existing(open, RecordKind::email, id);
        if (!row) return row.error();
        return bytes(
            open,
            open.query(
                "SELECT original FROM mails WHERE record = ? AND original IS NOT NULL", *row
            ),
            "this e-mail was archived without its original"
        );
    };
    return reading(database, read);
}

Result<std::string> mail_attachment(Database& database, const std::string& id, int number) {
    const auto read = [&](Database& open) -> Result<std::string> {
        const auto row = existing(open, RecordKind::email, id);
        if (!row) return row.error();
        return bytes(
            open,
            open.query("SELECT blob FROM attachments WHERE mail = ? AND ordinal = ?", *row, number),
            "this e-mail has no attachment of that number"
        );
    };
    return reading(database, read);
}

}  // namespace crm::embedded
