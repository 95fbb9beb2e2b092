// A thin layer over the C interface of SQLite: connection, statement, transaction. Every value is
// bound, never pasted into SQL. Used by crm/embedded and agent/journal; one thread at a time.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "crm/error.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace crm::embedded {

/// Bytes, as opposed to text.
struct Blob {
    std::string_view bytes;
};

class Database;

/// A running statement. Rows are read front to back: `while (s.next()) s.text(0)`. Columns count
/// from 0. When it ends it goes back to its database, which prepares each SQL text once.
class Statement {
public:
    Statement(Statement&&) = default;
    Statement& operator=(Statement&&) = delete;
    ~Statement() { end(); }

    bool next();  ///< false at the end and after a failure
    std::int64_t integer(int column) const;
    std::string text(int column) const;  ///< also blobs; bytes as stored, NUL included
    std::optional<std::string> text_or_null(int column) const;
    std::optional<std::int64_t> integer_or_null(int column) const;

private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };

    explicit Statement(Database& database) : database_(&database) {}
    void end();
    void bind(int index, std::string_view value);
    void bind(int index, Blob value);
    void bind(int index, std::nullopt_t);
    void bind(int index, std::int64_t value);
    void bind(int index, std::integral auto value) { bind(index, std::int64_t{value}); }
    template <class T>
    void bind(int index, const std::optional<T>& value) {
        value ? bind(index, *value) : bind(index, std::nullopt);
    }

    Database* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

enum class Opening {
    read,    ///< an existing database, which is not written
    write,   ///< an existing database
    create,  ///< made if it does not exist
};

/// A connection. The first failure of a statement stays in failure(), and while it does, statements
/// have no effect and give no rows: work is written straight down and judged once, by
/// in_transaction().
class Database {
public:
    /// `path` is a file or ":memory:". The schema is not looked at (schema.hpp).
    static Result<Database> open(const std::string& path, Opening opening);

    /// Prepares and binds. Text is copied; the bytes of a Blob must live as long as the statement.
    template <class... Values>
    Statement query(std::string_view sql, const Values&... values) {
        auto statement = prepare(sql);
        [[maybe_unused]] int index = 0;
        (statement.bind(++index, values), ...);
        return statement;
    }

    /// The same for a statement without rows.
    template <class... Values>
    void run(std::string_view sql, const Values&... values) {
        auto statement = query(sql, values...);
        while (statement.next()) {
        }
    }

    void script(const char* sql);  ///< several statements, no values
    std::int64_t last_id() const;
    bool open_transaction() const;
    const std::optional<Error>& failure() const { return failure_; }
    std::optional<Error> take_failure();
    const std::string& path() const { return path_; }
    /// Fails (errc::misconfigured) where the file is not what stands under its path any more: whoever moved or replaced
    /// it would lose what is written into the old one.
    void check_place();
    /// For whoever has just opened the file to write it: what others have committed is on the disk then. A sync
    /// of theirs may have failed, and they are gone: the system shows what it has given up to write, and the next sync of
    /// the log, which writes nothing of it, succeeds. So all of the log is written again.
    void secure_log();

private:
    friend class Statement;
    struct Close {
        void operator()(sqlite3* connection) const;
    };

    using Prepared = std::unique_ptr<sqlite3_stmt, Statement::Finalize>;

    Statement prepare(std::string_view sql);
    void keep(Prepared statement);
    void fail(int code);

    std::unique_ptr<sqlite3, Close> connection_;
    /// Prepared and not running, by their SQL; limits::statements at most.
    std::map<std::string, Prepared, std::less<>> idle_;
    std::string path_;
    std::optional<std::pair<std::uint64_t, std::uint64_t>> place_;  ///< device and inode; none in memory
    std::optional<Error> failure_;
};

/// Runs `work(database)` (giving a Result) between `begin` and COMMIT. An error of the work, of a
/// statement or of the commit undoes everything and is returned.
template <class Work>
auto in_transaction(Database& database, const char* begin, const Work& work)
    -> decltype(work(database)) {
    database.run(begin);
    auto result = work(database);
    if (!database.failure() && !result.has_error()) database.check_place();
    if (!database.failure() && !result.has_error()) database.run("COMMIT");
    if (!database.failure() && !result.has_error()) return result;
    auto failure = database.take_failure();
    if (database.open_transaction()) database.run("ROLLBACK");
    database.take_failure();
    if (failure) return *failure;
    return result;
}

/// A consistent view for several queries.
template <class Work>
auto reading(Database& database, const Work& work) {
    return in_transaction(database, "BEGIN", work);
}

/// The lock is taken at the start, so that a look-up and the insert that follows are one step.
template <class Work>
auto writing(Database& database, const Work& work) {
    return in_transaction(database, "BEGIN IMMEDIATE", work);
}

}  // namespace crm::embedded
