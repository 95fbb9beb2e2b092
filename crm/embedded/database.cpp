#include "crm/embedded/database.hpp"

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "crm/limits.hpp"

namespace crm::embedded {
namespace {

/// What a result code means for an admin. https://www.sqlite.org/rescode.html
Error explained(int code, const std::string& path, std::string_view detail) {
    const auto say = [&](errc kind, std::string_view what) {
        return Error{kind, fmt::format("{}: {} (SQLite: {})", path, what, detail), std::nullopt};
    };
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return say(errc::unreachable, "the database is locked; end the program that holds it");
        case SQLITE_FULL:
            return say(errc::unreachable, "the disk is full; free some space");
        case SQLITE_IOERR:
            return say(errc::unreachable, "the file cannot be read or written; check the disk");
        case SQLITE_NOMEM:
            return say(errc::unreachable, "out of memory");
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return say(
                errc::misconfigured,  // not forbidden: it concerns every call, not one kind
                "the database is read-only; give this user the right to write the file and its "
                "folder"
            );
        case SQLITE_CANTOPEN:
            return say(
                errc::misconfigured,
                "cannot be opened; check that the file or its folder exists and may be accessed"
            );
        case SQLITE_CORRUPT:
            return say(errc::damaged, "the database is damaged; restore it from a backup");
        case SQLITE_NOTADB:
            return say(errc::misconfigured, "this is not an SQLite database; check the path");
        case SQLITE_TOOBIG:
            return say(errc::refused, "a text or file is too large to be stored");
        default:
            return say(errc::refused, "the database refused the change");
    }
}

std::optional<std::pair<std::uint64_t, std::uint64_t>> place_of(const std::string& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) return std::nullopt;
    return std::pair<std::uint64_t, std::uint64_t>(found.st_dev, found.st_ino);
}

int flags(Opening opening) {
    constexpr int always = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (opening == Opening::create) return always | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    return always | SQLITE_OPEN_READWRITE;  // falls back to read-only by itself
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

bool Statement::next() {
    if (!statement_ || database_->failure_) return false;
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) database_->fail(code);
    end();
    return false;
}

/// A finished statement must not hold the transaction open, nor what was bound to it.
void Statement::end() {
    if (!statement_) return;
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
    database_->keep(std::move(statement_));
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::string Statement::text(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::optional<std::string> Statement::text_or_null(int column) const {
    if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
    return text(column);
}

std::optional<std::int64_t> Statement::integer_or_null(int column) const {
    if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
    return integer(column);
}

// A null pointer would be bound as NULL, so an empty view is given an address.
void Statement::bind(int index, std::string_view value) {
    if (!statement_) return;
    const auto* bytes = value.empty() ? "" : value.data();
    const int code = sqlite3_bind_text64(
        statement_.get(), index, bytes, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8
    );
    if (code != SQLITE_OK) database_->fail(code);
}

void Statement::bind(int index, Blob value) {
    if (!statement_) return;
    const auto* bytes = value.bytes.empty() ? "" : value.bytes.data();
    const int code =
        sqlite3_bind_blob64(statement_.get(), index, bytes, value.bytes.size(), SQLITE_STATIC);
    if (code != SQLITE_OK) database_->fail(code);
}

void Statement::bind(int index, std::nullopt_t) {
    if (!statement_) return;
    if (const int code = sqlite3_bind_null(statement_.get(), index); code != SQLITE_OK) {
        database_->fail(code);
    }
}

void Statement::bind(int index, std::int64_t value) {
    if (!statement_) return;
    if (const int code = sqlite3_bind_int64(statement_.get(), index, value); code != SQLITE_OK) {
        database_->fail(code);
    }
}

void Database::Close::operator()(sqlite3* connection) const {
    sqlite3_close_v2(connection);
}

Result<Database> Database::open(const std::string& path, Opening opening) {
    Database database;
    database.path_ = path;
    sqlite3* connection = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &connection, flags(opening), nullptr);
    database.connection_.reset(connection);
    if (code != SQLITE_OK) return explained(code, path, sqlite3_errstr(code));
    sqlite3_busy_timeout(connection, limits::busy_wait_ms);
    database.script("PRAGMA foreign_keys = ON");
    if (opening == Opening::read) {
        database.script("PRAGMA query_only = ON");
        // Not even the log that a crashed writer left is moved into the file by one who only reads.
        sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    } else {
        // Moving the log into the file costs as much as writing it: every 16 MB, which is four
        // times as rare as usual.
        database.script(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
            "PRAGMA wal_autocheckpoint = 4000"
        );
    }
    if (auto failure = database.take_failure()) return *failure;
    if (path != ":memory:") database.place_ = place_of(path);
    return database;
}

void Database::check_place() {
    if (failure_ || !place_ || place_of(path_) == place_) return;
    failure_ = Error{
        errc::misconfigured,
        fmt::format(
            "{}: the file was moved away or replaced while it was open; put it back, or restart "
            "the agent",
            path_
        ),
        std::nullopt};
}

Statement Database::prepare(std::string_view sql) {
    Statement statement(*this);
    if (failure_) return statement;
    if (const auto known = idle_.find(sql); known != idle_.end()) {
        statement.statement_ = std::move(known->second);
        idle_.erase(known);
        return statement;
    }
    sqlite3_stmt* prepared = nullptr;
    const int code = sqlite3_prepare_v3(
        connection_.get(),
        sql.data(),
        static_cast<int>(sql.size()),
        SQLITE_PREPARE_PERSISTENT,
        &prepared,
        nullptr
    );
    statement.statement_.reset(prepared);
    if (code != SQLITE_OK) fail(code);
    return statement;
}

void Database::keep(Prepared statement) {
    if (idle_.size() >= limits::statements) return;
    const char* sql = sqlite3_sql(statement.get());
    if (sql != nullptr) idle_.emplace(sql, std::move(statement));
}

void Database::secure_log() {
    // SQLite's own way, a checkpoint, leaves the beginning of the log on the disk, which a power
    // cut would play once more.
    sqlite3_db_config(connection_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    run("BEGIN IMMEDIATE");
    if (failure_) return;
    sqlite3_file* log = nullptr;
    int code = sqlite3_file_control(connection_.get(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    sqlite3_int64 size = 0;
    const bool has_log = code == SQLITE_OK && log != nullptr && log->pMethods != nullptr;
    if (has_log) code = log->pMethods->xFileSize(log, &size);
    std::string part(limits::log_part, '\0');
    for (sqlite3_int64 at = 0; code == SQLITE_OK && at < size;) {
        const auto left = size - at;
        const int amount =
            static_cast<int>(std::min(left, static_cast<sqlite3_int64>(part.size())));
        code = log->pMethods->xRead(log, part.data(), amount, at);
        if (code == SQLITE_OK) code = log->pMethods->xWrite(log, part.data(), amount, at);
        at += amount;
    }
    if (code == SQLITE_OK && size > 0) code = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL);
    run("ROLLBACK");
    if (code != SQLITE_OK && !failure_) failure_ = explained(code, path_, sqlite3_errstr(code));
    if (!failure_)
        sqlite3_db_config(connection_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
}

void Database::script(const char* sql) {
    if (failure_) return;
    const int code = sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code);
}

std::int64_t Database::last_id() const {
    return sqlite3_last_insert_rowid(connection_.get());
}

bool Database::open_transaction() const {
    return sqlite3_get_autocommit(connection_.get()) == 0;
}

std::optional<Error> Database::take_failure() {
    return std::exchange(failure_, std::nullopt);
}

void Database::fail(int code) {
    if (!failure_) failure_ = explained(code, path_, sqlite3_errmsg(connection_.get()));
}

}  // namespace crm::embedded
