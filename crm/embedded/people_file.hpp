// The CSV file that people and records are imported from: columns, kinds, what a line must hold.
// Reading alone; crm/embedded/import brings the lines into the database.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rules/error.hpp"
#include "rules/vocabulary.hpp"

namespace crm::embedded {

/// One line: the cells that are filled, by column.
struct PeopleLine {
    int line = 0;
    rules::RecordKind kind = rules::RecordKind::contact;
    std::string name;  ///< never empty: the name column, else first and last name, else the address
    std::map<std::string, std::string> cells;  ///< without kind and name
    bool operator==(const PeopleLine&) const = default;
};

/// The columns of the header, in the order of the sample file; only "kind" is required.
const std::vector<std::string_view>& people_columns();

/// All problems at once.
rules::Checked<std::vector<PeopleLine>> read_people(std::string_view csv);

}  // namespace crm::embedded
