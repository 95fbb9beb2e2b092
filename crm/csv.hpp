// Reader of CSV files as spreadsheets write them (RFC 4180; also LF alone, a UTF-8 byte order mark,
// and
// ';' or tab for ',' if the first line has them). Pure text; used by the import of people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/error.hpp"

namespace crm::csv {

/// A record and the line on which it starts, counted from 1.
struct Row {
    int line = 0;
    std::vector<std::string> cells;
    bool operator==(const Row&) const = default;
};

/// All rows, the header among them; blank lines are left out. Problems carry line and column (in
/// bytes).
rules::Checked<std::vector<Row>> read(std::string_view text);

}  // namespace crm::csv
