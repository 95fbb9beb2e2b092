// Import of people and records from CSV files: all of it, or, if anything is wrong, nothing.
// Importing a file again changes nothing. Used by `mailferry crm import` and by tests.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "crm/embedded/database.hpp"
#include "rules/error.hpp"

namespace crm::embedded {

struct SourceFile {
    std::string name;  ///< for messages
    std::string text;
};

struct FileProblem {
    std::string file;
    rules::Problem problem;
    bool operator==(const FileProblem&) const = default;
};

struct ImportReport {
    std::size_t created = 0, changed = 0, unchanged = 0;
    std::vector<FileProblem> problems;  ///< if any, nothing was imported
    bool operator==(const ImportReport&) const = default;
};

/// A line stands for the record with the same name and first address (users: the same address;
/// accounts: the same name; opportunities and the like: the same name and account). Where there is
/// one, filled cells replace what it holds and empty cells keep it; else it is created. References
/// may point to lines further down or to records that are already there.
Result<ImportReport> import_files(
    Database& database, const std::vector<SourceFile>& files, std::chrono::sys_seconds now
);

}  // namespace crm::embedded
