// Archive::undo inside the caller's transaction.
#pragma once

#include <string_view>

#include "crm/archive.hpp"
#include "crm/embedded/database.hpp"

namespace crm::embedded {

/// Removes the record of that key with all that belongs to it, its key included, unless somebody
/// needs it or has changed it.
Result<Undone> undo_creation(Database& database, std::string_view key);

}  // namespace crm::embedded
