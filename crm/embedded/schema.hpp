// The tables of the embedded CRM and their version.
#pragma once

#include <cstdint>
#include <string>

#include "crm/embedded/database.hpp"

namespace crm::embedded {

/// SQLite's application_id of the database, "MlFy": whose it is, for others too.
inline constexpr std::int64_t application_id = 0x4d6c4679;

/// Opens, creates the tables where the database is new and may be created, and refuses a database
/// that is another program's or a newer Mailferry's.
Result<Database> open_database(const std::string& path, Opening opening);

}  // namespace crm::embedded
