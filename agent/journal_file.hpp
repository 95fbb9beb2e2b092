// The file of the journal: its tables and how older ones become these, the lock that keeps a second agent away, and
// what is done for its health at a start. Separate from agent/journal, which holds what is asked of it.
#pragma once

#include <string>

#include "agent/error.hpp"
#include "crm/embedded/database.hpp"

namespace agent {

enum class Opened {
    alone,   ///< by the agent: made if it is not there, checked, brought up to date; locked against a second agent
    beside,  ///< by a command that looks at it or leaves a word, while an agent may be running
};

/// A locked file for as long as it lives; none where the descriptor is -1.
class FileLock {
public:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

private:
    int descriptor_;
};

/// An open journal. Its lock goes last.
struct JournalFile {
    FileLock lock;
    crm::embedded::Database database;
};

/// `path` is a file or ":memory:". Errors (errc::journal) name the file and the way out: no such
/// folder, another agent, another version, damaged pages; a database of the embedded CRM or of
/// another program, to which nothing is written.
Result<JournalFile> open_journal(const std::string& path, Opened how);

/// What would keep this user from running the agent on it, as open_journal() says it; another
/// agent, and damage behind the first page, are not looked for. Changes nothing.
Result<void> check_journal(const std::string& path);

/// What every error of the database is for the agent.
Error journal_error(const crm::Error& error);

}  // namespace agent
