#include "crm/embedded/create_record.hpp"

#include "crm/address.hpp"
#include "crm/embedded/records.hpp"
#include "crm/excess.hpp"
#include "mime/domain.hpp"

namespace crm::embedded {
namespace {

using rules::RecordKind;

/// The fields that have a place of their own go there; the others stay as they are.
Record from_new(const NewRecord& source) {
    Record record;
    record.kind = source.kind;
    record.name = source.name;
    record.status = first_status(source.kind);
    for (const auto& [name, value] : source.fields) {
        if (name == "status") {
            record.status = value;
        } else if (is_address_field(name)) {
            if (!value.empty()) record.addresses.push_back(value);
        } else if (name == "domain") {
            if (auto domain = comparable_domain(value); !domain.empty()) {
                record.domains.insert(std::move(domain));
            }
        } else {
            record.fields.emplace(name, value);
        }
    }
    return record;
}

/// Somebody may have given the record of that key another address or domain since: then it is
/// another one now, and the key belongs to the record that is created.
bool still_is(Database& database, RowId id, const Record& wanted) {
    for (const auto& address : wanted.addresses) {
        const auto comparable = mime::comparable_address(address);
        auto row = database.query(
            "SELECT 1 FROM addresses WHERE record = ? AND comparable = ?", id, comparable
        );
        if (!row.next()) return false;
    }
    for (const auto& domain : wanted.domains) {
        auto row =
            database.query("SELECT 1 FROM domains WHERE record = ? AND domain = ?", id, domain);
        if (!row.next()) return false;
    }
    return true;
}

}  // namespace

Result<Stored> create_record(
    Database& database, const NewRecord& source, std::chrono::sys_seconds now
) {
    if (auto error = excess(source)) return *error;
    auto record = from_new(source);
    const auto known = row_of_key(database, source.key);
    if (known && still_is(database, *known, record)) return Stored{std::to_string(*known), true};
    if (source.account) {
        const auto account = existing(database, RecordKind::account, *source.account);
        if (!account) return account.error();
        record.account = *account;
    }
    if (source.contact) {
        const auto contact = existing(database, RecordKind::contact, *source.contact);
        if (!contact) return contact.error();
        record.contact = *contact;
    }
    record.owner = user_of(database, source.owner);
    const auto id = insert_record(database, record, now);
    remember_key(database, source.key, id);
    return Stored{std::to_string(id), false};
}

}  // namespace crm::embedded
