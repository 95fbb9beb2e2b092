// People, accounts and other records of the embedded CRM: how one is read, written, created under a
// key. Used by the archive, the import and `mailferry crm`; all functions run inside the caller's
// transaction.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "crm/archive.hpp"
#include "crm/embedded/database.hpp"
#include "rules/vocabulary.hpp"

namespace crm::embedded {

using RowId = std::int64_t;

/// All that a record holds apart from its id and times.
struct Record {
    rules::RecordKind kind = rules::RecordKind::contact;
    std::string name, status;
    std::optional<RowId> account, contact, owner;
    std::map<std::string, std::string> fields;
    std::vector<std::string>
        addresses;                  ///< as written; the place is the field order, 0 is the primary
    std::set<std::string> domains;  ///< of an account, comparable
    bool operator==(const Record&) const = default;
};

/// The status a record starts with: "new" for leads, "draft" for quotes, "open" for what can be
/// closed.
std::string_view first_status(rules::RecordKind kind);

/// Text form of an id -> row; nothing where it is not a number of ours.
std::optional<RowId> row_id(std::string_view id);

std::optional<Record> read_record(Database& database, RowId id);
RowId insert_record(Database& database, const Record& record, std::chrono::sys_seconds now);
/// Is modified later than created, always: undo tells by that what somebody has changed.
void update_record(
    Database& database, RowId id, const Record& record, std::chrono::sys_seconds now
);

/// The user of this address, the one with the lowest id if there are several.
std::optional<RowId> user_of(Database& database, std::string_view address);

std::optional<RowId> row_of_key(Database& database, std::string_view key);
void remember_key(Database& database, std::string_view key, RowId id);

/// not_found unless a record of that kind has this id.
Result<RowId> existing(Database& database, rules::RecordKind kind, const std::string& id);

}  // namespace crm::embedded
