#include "crm/embedded/undo.hpp"

#include "crm/embedded/records.hpp"

namespace crm::embedded {
namespace {

bool is_untouched(Database& database, RowId id) {
    auto row = database.query(
        "SELECT 1 FROM records WHERE id = ? AND kind <> 'email' AND modified = created", id
    );
    return row.next();
}

bool is_needed(Database& database, RowId id) {
    auto row = database.query(
        "SELECT 1 FROM links WHERE record = ?1 UNION ALL "
        "SELECT 1 FROM records WHERE account = ?1 OR contact = ?1 OR owner = ?1 LIMIT 1",
        id
    );
    return row.next();
}

}  // namespace

Result<Undone> undo_creation(Database& database, std::string_view key) {
    const auto id = row_of_key(database, key);
    if (!id) return Undone::nothing;
    if (!is_untouched(database, *id) || is_needed(database, *id)) return Undone::kept;
    database.run("DELETE FROM records WHERE id = ?", *id);
    return Undone::removed;
}

}  // namespace crm::embedded
