#include "crm/embedded/records.hpp"

#include <fmt/format.h>

#include <charconv>

#include "mime/domain.hpp"

namespace crm::embedded {
namespace {

using rules::RecordKind;

std::int64_t seconds(std::chrono::sys_seconds time) {
    return time.time_since_epoch().count();
}

/// What hangs on a record in tables of its own.
void write_parts(Database& database, RowId id, const Record& record) {
    for (const auto& [name, value] : record.fields) {
        database.run("INSERT INTO fields (record, name, value) VALUES (?, ?, ?)", id, name, value);
    }
    for (std::size_t order = 0; order < record.addresses.size(); ++order) {
        const auto& address = record.addresses[order];
        database.run(
            "INSERT INTO addresses (record, field_order, address, comparable) VALUES (?, ?, ?, ?)",
            id,
            static_cast<std::int64_t>(order),
            address,
            mime::comparable_address(address)
        );
    }
    for (const auto& domain : record.domains) {
        database.run("INSERT INTO domains (record, domain) VALUES (?, ?)", id, domain);
    }
}

void read_parts(Database& database, RowId id, Record& record) {
    auto fields = database.query("SELECT name, value FROM fields WHERE record = ?", id);
    while (fields.next()) record.fields.emplace(fields.text(0), fields.text(1));
    auto addresses =
        database.query("SELECT address FROM addresses WHERE record = ? ORDER BY field_order", id);
    while (addresses.next()) record.addresses.push_back(addresses.text(0));
    auto domains = database.query("SELECT domain FROM domains WHERE record = ?", id);
    while (domains.next()) record.domains.insert(domains.text(0));
}

}  // namespace

std::string_view first_status(RecordKind kind) {
    switch (kind) {
        case RecordKind::lead:
            return "new";
        case RecordKind::quote:
            return "draft";
        case RecordKind::opportunity:
        case RecordKind::case_:
        case RecordKind::project:
            return "open";
        case RecordKind::user:
        case RecordKind::contact:
        case RecordKind::account:
        case RecordKind::email:
            return "";
    }
    return "";
}

std::optional<RowId> row_id(std::string_view id) {
    RowId row = 0;
    const auto* end = id.data() + id.size();
    const auto [stop, error] = std::from_chars(id.data(), end, row);
    if (error != std::errc{} || stop != end || row <= 0) return std::nullopt;
    return row;
}

std::optional<Record> read_record(Database& database, RowId id) {
    Record record;
    {
        auto row = database.query(
            "SELECT kind, name, status, account, contact, owner FROM records WHERE id = ?", id
        );
        if (!row.next()) return std::nullopt;
        const auto kind = rules::record_kind(row.text(0));
        if (!kind) return std::nullopt;
        record.kind = *kind;
        record.name = row.text(1);
        record.status = row.text(2);
        record.account = row.integer_or_null(3);
        record.contact = row.integer_or_null(4);
        record.owner = row.integer_or_null(5);
    }
    read_parts(database, id, record);
    return record;
}

RowId insert_record(Database& database, const Record& record, std::chrono::sys_seconds now) {
    database.run(
        "INSERT INTO records (kind, name, status, account, contact, owner, created, modified) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)",
        rules::to_text(record.kind),
        record.name,
        record.status,
        record.account,
        record.contact,
        record.owner,
        seconds(now)
    );
    const auto id = database.last_id();
    write_parts(database, id, record);
    return id;
}

void update_record(
    Database& database, RowId id, const Record& record, std::chrono::sys_seconds now
) {
    database.run(
        "UPDATE records SET name = ?, status = ?, account = ?, contact = ?, owner = ?, "
        "modified = max(?, created + 1) WHERE id = ?",
        record.name,
        record.status,
        record.account,
        record.contact,
        record.owner,
        seconds(now),
        id
    );
    database.run("DELETE FROM fields WHERE record = ?", id);
    database.run("DELETE FROM addresses WHERE record = ?", id);
    database.run("DELETE FROM domains WHERE record = ?", id);
    write_parts(database, id, record);
}

std::optional<RowId> user_of(Database& database, std::string_view address) {
    auto row = database.query(
        "SELECT r.id FROM addresses a JOIN records r ON r.id = a.record "
        "WHERE a.comparable = ? AND r.kind = 'user' ORDER BY r.id LIMIT 1",
        mime::comparable_address(address)
    );
    if (!row.next()) return std::nullopt;
    return row.integer(0);
}

std::optional<RowId> row_of_key(Database& database, std::string_view key) {
    auto row = database.query("SELECT record FROM keys WHERE key = ?", key);
    if (!row.next()) return std::nullopt;
    return row.integer(0);
}

void remember_key(Database& database, std::string_view key, RowId id) {
    database.run("INSERT OR REPLACE INTO keys (key, record) VALUES (?, ?)", key, id);
}

Result<RowId> existing(Database& database, RecordKind kind, const std::string& id) {
    if (const auto row = row_id(id)) {
        auto found = database.query(
            "SELECT 1 FROM records WHERE id = ? AND kind = ?", *row, rules::to_text(kind)
        );
        if (found.next()) return *row;
    }
    return Error{
        errc::not_found,
        fmt::format(
            "{} \"{:.40}\" is not in the CRM; it was removed, or never was",
            rules::to_text(kind),
            id
        ),
        std::nullopt};
}

}  // namespace crm::embedded
