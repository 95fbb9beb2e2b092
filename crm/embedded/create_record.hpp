// Archive::create inside the caller's transaction.
#pragma once

#include <chrono>

#include "crm/archive.hpp"
#include "crm/embedded/database.hpp"

namespace crm::embedded {

Result<Stored> create_record(
    Database& database, const NewRecord& source, std::chrono::sys_seconds now
);

}  // namespace crm::embedded
