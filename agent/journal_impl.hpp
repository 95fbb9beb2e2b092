// What stands behind agent/journal: the open file, and how a piece of work becomes a transaction, or a part of the group
// that is open. Only for the files that implement Journal.
#pragma once

#include <chrono>
#include <cstdint>
#include <utility>

#include "agent/journal.hpp"
#include "agent/journal_file.hpp"

namespace agent {

inline std::int64_t milliseconds(Time time) { return time.time_since_epoch().count(); }
inline Time time(std::int64_t milliseconds) { return Time(std::chrono::milliseconds(milliseconds)); }

struct Journal::Impl {
    explicit Impl(JournalFile opened) : file(std::move(opened)) {}

    crm::embedded::Database& database() { return file.database; }

    /// `work(database)` gives a crm::Result.
    template <class Work>
    auto write(const Work& work) -> Result<typename decltype(work(database()))::value_type> {
        auto result = in_group ? within_group(work) : crm::embedded::writing(database(), work);
        if (!result) return journal_error(result.error());
        return std::move(result).value();
    }

    template <class Work>
    auto read(const Work& work) -> Result<typename decltype(work(database()))::value_type> {
        auto result = in_group ? within_group(work) : crm::embedded::reading(database(), work);
        if (!result) return journal_error(result.error());
        return std::move(result).value();
    }

    /// For work that gives nothing.
    template <class Work>
    Result<void> change(const Work& work) {
        const auto done = write([&work](crm::embedded::Database& db) -> crm::Result<bool> {
            work(db);
            return true;
        });
        if (!done) return done.error();
        return {};
    }

    JournalFile file;
    bool in_group = false;
    std::int64_t data_version = 0;  ///< as last seen by written_by_others

private:
    /// A failure of SQLite stays in the database: it fails the whole group, when that ends.
    template <class Work>
    auto within_group(const Work& work) -> decltype(work(database())) {
        auto result = work(database());
        if (database().failure()) return *database().failure();
        return result;
    }
};

}  // namespace agent
