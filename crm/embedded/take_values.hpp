// What the cells of an imported line change in a record: filled ones replace, empty ones keep.
// Apart from the import because it needs no database.
#pragma once

#include <string>

#include "crm/embedded/people_file.hpp"
#include "crm/embedded/records.hpp"

namespace crm::embedded {

/// All but kind, name and references. email, email2 and email3 are the places 0 to 2 of the
/// record's addresses; one beyond their end is appended. An address that the line names for another
/// place does not stay where it was.
void take_values(const PeopleLine& line, Record& record);

/// The first e-mail cell that is filled; "" if none is.
std::string first_address(const PeopleLine& line);

}  // namespace crm::embedded
