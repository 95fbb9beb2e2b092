// Directory::answer on the embedded CRM.
#pragma once

#include "crm/embedded/database.hpp"
#include "rules/facts.hpp"

namespace crm::embedded {

/// Runs inside the caller's transaction. Records come in the order of their ids.
Result<rules::Facts> answer(Database& database, const rules::Need& need);

}  // namespace crm::embedded
