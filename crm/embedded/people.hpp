// The questions of a Directory to the embedded CRM.
#pragma once

#include <set>
#include <string>

#include "crm/directory.hpp"
#include "crm/embedded/database.hpp"
#include "rules/facts.hpp"

namespace crm::embedded {

/// Runs inside the caller's transaction. Records come in the order of their ids.
Result<rules::Facts> answer(Database& database, const rules::Need& need);

/// Runs inside the caller's transaction.
Result<Known> known(Database& database, const std::set<std::string>& keys);

}  // namespace crm::embedded
