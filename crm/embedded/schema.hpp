// The tables of the embedded CRM and their version.
#pragma once

#include "crm/embedded/database.hpp"

namespace crm::embedded {

/// Opens, creates the tables where the database is new and may be created, and refuses a database
/// that is another program's or a newer Mailferry's.
Result<Database> open_database(const std::string& path, Opening opening);

}  // namespace crm::embedded
