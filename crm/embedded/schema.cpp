#include "crm/embedded/schema.hpp"

#include <fmt/format.h>

namespace crm::embedded {
namespace {

constexpr std::int64_t version = 3;

// One table holds what records of all kinds share, so that a link, a reference and a key of
// idempotency can point to any of them and the database itself keeps them sound. `contact` of a
// lead is what it became. Ids of records are never given twice. Times are seconds since 1970, UTC. Large bytes are empty in blobs, and
// stand in chunks.
constexpr const char* tables = R"sql(
CREATE TABLE records (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    account INTEGER REFERENCES records (id) ON DELETE SET NULL,
    contact INTEGER REFERENCES records (id) ON DELETE SET NULL,
    owner INTEGER REFERENCES records (id) ON DELETE SET NULL,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL
) STRICT;
CREATE INDEX records_by_kind ON records (kind, modified);
CREATE INDEX records_by_name ON records (kind, name);
CREATE INDEX records_by_account ON records (account);
CREATE INDEX records_by_contact ON records (contact);
CREATE INDEX records_by_owner ON records (owner);

CREATE TABLE fields (
    record INTEGER NOT NULL REFERENCES records (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (record, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE addresses (
    record INTEGER NOT NULL REFERENCES records (id) ON DELETE CASCADE,
    field_order INTEGER NOT NULL,
    address TEXT NOT NULL,
    comparable TEXT NOT NULL,
    PRIMARY KEY (record, field_order)
) STRICT, WITHOUT ROWID;
CREATE INDEX addresses_by_comparable ON addresses (comparable);

CREATE TABLE domains (
    record INTEGER NOT NULL REFERENCES records (id) ON DELETE CASCADE,
    domain TEXT NOT NULL,
    PRIMARY KEY (record, domain)
) STRICT, WITHOUT ROWID;
CREATE INDEX domains_by_domain ON domains (domain);

CREATE TABLE blobs (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE chunks (
    blob INTEGER NOT NULL REFERENCES blobs (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (blob, ordinal)
) STRICT;

CREATE TABLE mails (
    record INTEGER PRIMARY KEY REFERENCES records (id) ON DELETE CASCADE,
    message_id TEXT NOT NULL,
    text TEXT NOT NULL,
    new_text TEXT NOT NULL DEFAULT '',
    html TEXT,
    date INTEGER,
    sent INTEGER NOT NULL,
    mailbox TEXT NOT NULL,
    original INTEGER REFERENCES blobs (id)
) STRICT;
CREATE INDEX mails_by_original ON mails (original);

CREATE TABLE mail_addresses (
    mail INTEGER NOT NULL REFERENCES mails (record) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    position TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (mail, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE attachments (
    mail INTEGER NOT NULL REFERENCES mails (record) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    filename TEXT NOT NULL,
    content_type TEXT NOT NULL,
    blob INTEGER NOT NULL REFERENCES blobs (id),
    PRIMARY KEY (mail, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachments_by_blob ON attachments (blob);

CREATE TABLE links (
    mail INTEGER NOT NULL REFERENCES mails (record) ON DELETE CASCADE,
    record INTEGER NOT NULL REFERENCES records (id) ON DELETE CASCADE,
    PRIMARY KEY (mail, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_by_record ON links (record);

CREATE TABLE keys (
    key TEXT PRIMARY KEY,
    record INTEGER NOT NULL REFERENCES records (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX keys_by_record ON keys (record);

CREATE TRIGGER original_gone AFTER DELETE ON mails WHEN OLD.original IS NOT NULL BEGIN
    DELETE FROM blobs WHERE id = OLD.original
        AND NOT EXISTS (SELECT 1 FROM mails WHERE original = OLD.original)
        AND NOT EXISTS (SELECT 1 FROM attachments WHERE blob = OLD.original);
END;
CREATE TRIGGER attachment_gone AFTER DELETE ON attachments BEGIN
    DELETE FROM blobs WHERE id = OLD.blob
        AND NOT EXISTS (SELECT 1 FROM mails WHERE original = OLD.blob)
        AND NOT EXISTS (SELECT 1 FROM attachments WHERE blob = OLD.blob);
END;

PRAGMA application_id = 0x4d6c4679;
PRAGMA user_version = 3;
)sql";

// From each version to the next.
constexpr const char* from_version_1 = R"sql(
ALTER TABLE mails ADD COLUMN new_text TEXT NOT NULL DEFAULT '';
)sql";
constexpr const char* from_version_2 = R"sql(
CREATE TABLE chunks (
    blob INTEGER NOT NULL REFERENCES blobs (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (blob, ordinal)
) STRICT;
PRAGMA user_version = 3;
)sql";

// Who only reads sees the tables of an older version as they would be: dry runs need no migration.
constexpr const char* view_of_version_1 = R"sql(
PRAGMA query_only = OFF;
CREATE TEMP VIEW mails AS SELECT *, '' AS new_text FROM main.mails;
PRAGMA query_only = ON;
)sql";
constexpr const char* view_of_version_2 = R"sql(
PRAGMA query_only = OFF;
CREATE TEMP VIEW chunks AS SELECT 0 AS blob, 0 AS ordinal, x'' AS bytes WHERE 0;
PRAGMA query_only = ON;
)sql";

std::int64_t number(Database& database, std::string_view sql) {
    auto row = database.query(sql);
    return row.next() ? row.integer(0) : 0;
}

Error misconfigured(const Database& database, std::string_view what) {
    return {errc::misconfigured, fmt::format("{}: {}", database.path(), what), std::nullopt};
}

/// Within a transaction, so that two programs that start together make the tables once.
Result<void> check_or_create(Database& database, Opening opening) {
    const auto found = number(database, "PRAGMA user_version");
    const auto owner = number(database, "PRAGMA application_id");
    const auto objects = number(database, "SELECT count(*) FROM sqlite_schema");
    if (database.failure()) return {};
    if (owner == application_id && found == version) return {};
    if (owner == application_id && found >= 1 && found < version) {
        const bool reads = opening == Opening::read;
        if (found == 1) database.script(reads ? view_of_version_1 : from_version_1);
        database.script(reads ? view_of_version_2 : from_version_2);
        return {};
    }
    if (owner == application_id && found > version) {
        return misconfigured(
            database,
            fmt::format(
                "written by a newer Mailferry (version {} of the tables, this one knows {}); "
                "install that Mailferry",
                found,
                version
            )
        );
    }
    if (objects != 0 || owner != 0) {
        return misconfigured(
            database, "a database of another program; name a file of its own for the CRM"
        );
    }
    if (opening != Opening::create) {
        return misconfigured(
            database, "an empty database; fill it with `mailferry crm import` first"
        );
    }
    database.script(tables);
    return {};
}

/// After it is known to be ours: in a database of others nothing is written.
Result<Database> secured(Database database, Opening opening) {
    if (opening == Opening::read) return database;
    database.secure_log();
    if (auto failure = database.take_failure()) return *failure;
    return database;
}

}  // namespace

Result<Database> open_database(const std::string& path, Opening opening) {
    auto database = Database::open(path, opening);
    if (!database) return database.error();
    // Who reads does not ask for the lock for writing: another program may hold it.
    if (number(*database, "PRAGMA application_id") == application_id &&
        number(*database, "PRAGMA user_version") == version) {
        return secured(std::move(*database), opening);
    }
    const auto* begin = opening == Opening::create ? "BEGIN IMMEDIATE" : "BEGIN";
    const auto check = [opening](Database& open) { return check_or_create(open, opening); };
    const auto checked = in_transaction(*database, begin, check);
    if (checked.has_error()) return checked.error();
    return secured(std::move(*database), opening);
}

}  // namespace crm::embedded
