#include "crm/embedded/people.hpp"

#include "crm/address.hpp"
#include "crm/embedded/records.hpp"
#include "crm/limits.hpp"
#include "mime/domain.hpp"

namespace crm::embedded {
namespace {

// A record that holds the address in several of its fields is found by the first of them.
constexpr std::string_view by_address =
    "SELECT r.id, r.kind, r.name, r.account, r.contact, r.owner, r.modified, min(a.field_order) "
    "FROM addresses a JOIN records r ON r.id = a.record WHERE a.comparable = ? "
    "GROUP BY r.id ORDER BY r.id";

std::optional<std::string> id_or_null(const Statement& row, int column) {
    const auto id = row.integer_or_null(column);
    if (!id) return std::nullopt;
    return std::to_string(*id);
}

std::string time_zone(Database& database, std::int64_t user) {
    auto row = database.query("SELECT value FROM fields WHERE record = ? AND name = 'time_zone'", user);
    return row.next() ? row.text(0) : std::string();
}

rules::Person person(Database& database, const std::string& address) {
    rules::Person person;
    auto row = database.query(by_address, mime::comparable_address(address));
    while (row.next()) {
        const auto kind = rules::record_kind(row.text(1));
        const auto id = std::to_string(row.integer(0));
        const auto owner = id_or_null(row, 5).value_or("");
        const std::chrono::sys_seconds modified{std::chrono::seconds(row.integer(6))};
        if (kind == rules::RecordKind::user) {
            person.users.push_back({id, row.text(2), time_zone(database, row.integer(0))});
        } else if (kind == rules::RecordKind::contact) {
            person.contacts.push_back(
                {.id = id,
                 .name = row.text(2),
                 .account = id_or_null(row, 3),
                 .owner = owner,
                 .modified = modified,
                 .field_order = static_cast<int>(row.integer(7))}
            );
        } else if (kind == rules::RecordKind::lead) {
            person.leads.push_back(
                {.id = id,
                 .name = row.text(2),
                 .converted_to = id_or_null(row, 4),
                 .owner = owner,
                 .modified = modified,
                 .field_order = static_cast<int>(row.integer(7))}
            );
        }
    }
    return person;
}

std::vector<rules::Account> accounts(Database& database, const std::string& domain) {
    std::vector<rules::Account> accounts;
    auto row = database.query(
        "SELECT r.id, r.name FROM domains d JOIN records r ON r.id = d.record "
        "WHERE d.domain = ? AND r.kind = 'account' ORDER BY r.id",
        comparable_domain(domain)
    );
    while (row.next()) {
        accounts.push_back({.id = std::to_string(row.integer(0)), .name = row.text(1)});
    }
    return accounts;
}

/// What a double click starts on Windows: nobody wants that from a mail in a CRM.
rules::AttachmentRules attachment_rules() {
    return {
        limits::attachment,
        {"bat", "chm", "cmd", "com", "cpl", "exe", "hta", "jar", "js", "jse",
         "lnk", "msc", "msi", "msp", "pif", "ps1", "reg", "scr", "vb",  "vbe",
         "vbs", "wsf", "wsh"}};
}

}  // namespace

Result<rules::Facts> answer(Database& database, const rules::Need& need) {
    if (need.people.size() + need.accounts.size() > limits::need) {
        return Error{errc::refused, "too many addresses are asked for at once", std::nullopt};
    }
    rules::Facts facts;
    for (const auto& address : need.people) facts.people[address] = person(database, address);
    for (const auto& domain : need.accounts) facts.accounts[domain] = accounts(database, domain);
    if (need.attachment_rules) facts.attachment_rules = attachment_rules();
    return facts;
}

Result<Known> known(Database& database, const std::set<std::string>& keys) {
    if (keys.size() > limits::need) {
        return Error{errc::refused, "too many keys are asked for at once", std::nullopt};
    }
    Known known;
    for (const auto& key : keys) {
        if (const auto row = row_of_key(database, key)) known.emplace(key, std::to_string(*row));
    }
    return known;
}

}  // namespace crm::embedded
