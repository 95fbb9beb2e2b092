// Longer than other files: all that is done to the file before the journal may use it, in one order.
#include "agent/journal_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "agent/limits.hpp"
#include "agent/terminal_text.hpp"
#include "crm/embedded/schema.hpp"

namespace agent {

namespace {

using crm::embedded::Database;
using crm::embedded::Opening;

constexpr std::int64_t newest = 4;
constexpr std::int64_t application = 0x4d6c466a;  // "MlFj"

constexpr const char* folder_table = R"sql(
    CREATE TABLE folder (
        mailbox TEXT NOT NULL,
        folder TEXT NOT NULL,
        sync_state TEXT NOT NULL,
        since INTEGER NOT NULL,
        from_start INTEGER NOT NULL,
        PRIMARY KEY (mailbox, folder)
    ) STRICT;
)sql";

// Times are milliseconds since 1970, UTC. `automatic`: came through Inbox or Sent Items.
constexpr const char* job_table = R"sql(
    CREATE TABLE job (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        mailbox TEXT NOT NULL,
        item TEXT NOT NULL,
        role TEXT NOT NULL,
        state TEXT NOT NULL,
        subject TEXT NOT NULL DEFAULT '',
        message_id TEXT NOT NULL DEFAULT '',
        decision TEXT NOT NULL DEFAULT '',
        record TEXT NOT NULL DEFAULT '',
        outcome TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT '',
        attempts INTEGER NOT NULL DEFAULT 0,
        due INTEGER NOT NULL,
        queued INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        automatic INTEGER NOT NULL DEFAULT 0,
        shown TEXT NOT NULL DEFAULT '',
        original TEXT NOT NULL DEFAULT '',
        UNIQUE (mailbox, item)
    ) STRICT;
)sql";

constexpr const char* of_version_3 = R"sql(
    CREATE INDEX waiting ON job (mailbox, automatic, due) WHERE state IN ('queued', 'planned', 'archived');
    CREATE INDEX finished ON job (changed) WHERE state = 'done';
    CREATE INDEX troubled ON job (mailbox) WHERE state = 'failed' OR shown = 'error';
    CREATE INDEX left_pending ON job (mailbox)
        WHERE shown = 'pending' AND state NOT IN ('queued', 'planned', 'archived');
    CREATE TABLE mailbox (
        mailbox TEXT PRIMARY KEY,
        category TEXT NOT NULL DEFAULT '',
        accepted TEXT NOT NULL DEFAULT '',
        frozen INTEGER NOT NULL DEFAULT 0,
        cycle INTEGER NOT NULL DEFAULT 0,
        alarmed INTEGER NOT NULL DEFAULT 0,
        alarmed_since INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE request (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        mailbox TEXT NOT NULL,
        role TEXT NOT NULL,
        asked INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE notice (
        key TEXT NOT NULL,
        recipient TEXT NOT NULL,
        subject TEXT NOT NULL,
        text TEXT NOT NULL,
        made INTEGER NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        due INTEGER NOT NULL,
        PRIMARY KEY (key, recipient)
    ) STRICT, WITHOUT ROWID;
)sql";

constexpr const char* of_version_4 = R"sql(
    CREATE TABLE subscription (
        mailbox TEXT NOT NULL,
        id TEXT NOT NULL,
        anchor TEXT NOT NULL,
        server TEXT NOT NULL,
        noted INTEGER NOT NULL,
        PRIMARY KEY (mailbox, id)
    ) STRICT, WITHOUT ROWID;
    PRAGMA user_version = 4;
)sql";

constexpr const char* mark = "PRAGMA application_id = 0x4d6c466a";

/// What was queued and done stays known; the folders are read anew, which queues nothing twice.
constexpr const char* from_version_1 = "DROP TABLE folder;";

constexpr const char* from_version_2 = R"sql(
    DROP INDEX waiting;
    ALTER TABLE job ADD COLUMN automatic INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE job ADD COLUMN shown TEXT NOT NULL DEFAULT '';
    ALTER TABLE job ADD COLUMN original TEXT NOT NULL DEFAULT '';
    UPDATE job SET automatic = 1 WHERE role IN ('inbox', 'sent-items');
    UPDATE job SET shown = 'error'
        WHERE attempts >= 3 AND state IN ('queued', 'planned', 'archived') OR state = 'failed';
)sql";

Error error(const std::string& path, std::string_view what) {
    return {errc::journal, fmt::format("journal {}: {}", path, what), {}};
}

/// A lock on FILE.lock for as long as the descriptor is open; the kernel drops it with the process.
Result<int> take_lock(const std::string& path) {
    const std::string file = path + ".lock";
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return error(file, "cannot be made; check that the folder exists and may be written");
    }
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
    ::close(descriptor);
    return error(path, "another agent is running on it; stop that one first");
}

std::int64_t number(Database& database, std::string_view sql) {
    auto row = database.query(sql);
    return row.next() ? row.integer(0) : 0;
}

void bring_up_to_date(Database& database, std::int64_t from) {
    if (from == 1) database.script(from_version_1);
    if (from < 2) database.script(folder_table);
    if (from < 3) {
        database.script(from == 0 ? job_table : from_version_2);
        database.script(of_version_3);
    }
    database.script(of_version_4);
}

crm::Error foreign(const Database& database, std::string_view whose) {
    return {
        crm::errc::misconfigured,
        fmt::format("{}: this is {}; name another file in <journal file>", database.path(), whose),
        std::nullopt};
}

/// Journals were not marked before version 4 was out; their tables tell.
bool has_our_tables(Database& database) {
    constexpr std::string_view columns =
        "SELECT (SELECT count(*) FROM pragma_table_info('job')"
        " WHERE name IN ('mailbox', 'item', 'role', 'state', 'due', 'queued', 'changed')) = 7"
        " AND (SELECT count(*) FROM pragma_table_info('folder') WHERE name IN ('mailbox', "
        "'folder', 'sync_state')) = 3";
    return number(database, columns) != 0;
}

/// The version of the tables, 0 where the file is empty; an error where it is not a journal.
crm::Result<std::int64_t> version_of(Database& database) {
    const std::int64_t owner = number(database, "PRAGMA application_id");
    const std::int64_t found = number(database, "PRAGMA user_version");
    if (owner == application) return found;
    if (owner == crm::embedded::application_id) return foreign(database, "the database of the embedded CRM");
    const bool is_empty = found == 0 && number(database, "SELECT count(*) FROM sqlite_schema") == 0;
    const bool is_unmarked = found > 0 && found <= newest && has_our_tables(database);
    if (owner == 0 && (is_empty || is_unmarked)) return found;
    return foreign(database, "a database of another program");
}

/// The version of the tables, brought up to date where the file is ours alone.
Result<std::int64_t> version(Database& database, Opened how) {
    const auto work = [how](Database& db) -> crm::Result<std::int64_t> {
        const crm::Result<std::int64_t> found = version_of(db);
        if (!found || how == Opened::beside || *found > newest) return found;
        if (*found < newest) bring_up_to_date(db, *found);
        if (number(db, "PRAGMA application_id") != application) db.script(mark);
        return newest;
    };
    auto found = how == Opened::beside ? crm::embedded::reading(database, work)
                                       : crm::embedded::writing(database, work);
    if (!found) return journal_error(found.error());
    return *found;
}

constexpr const char* none_yet = "there is none yet; the agent makes it";

constexpr std::string_view way_out =
    "put back a copy made by mailferry queue backup, or move the file away: a new one is begun, the drop folders are read "
    "from the start, what is in the CRM is not made twice, and what waits in Inbox and Sent Items has to be given its "
    "category anew";

Error damaged(const std::string& path, const std::string& how) {
    return error(path, fmt::format("the database is damaged ({}); {}", one_line(how), way_out));
}

/// https://www.sqlite.org/fileformat.html, 1.3
bool begins_as_database(const std::string& path) {
    constexpr std::string_view magic("SQLite format 3\0", 16);
    std::array<char, magic.size()> head{};
    std::ifstream(path, std::ios::binary).read(head.data(), head.size());
    return std::string_view(head.data(), head.size()) == magic;
}

/// What is a database and cannot be understood has been damaged.
Error explained(const std::string& path, const crm::Error& failure) {
    if (failure.code == crm::errc::refused && begins_as_database(path)) return damaged(path, failure.text);
    return journal_error(failure);
}

/// The version of the tables as far as there are any. To be asked before the file is opened for
/// writing, which changes its first page already.
Result<std::int64_t> look(const std::string& path) {
    std::error_code ec;
    const std::filesystem::file_status status = std::filesystem::status(path, ec);
    if (!std::filesystem::exists(status)) return 0;
    if (std::filesystem::is_directory(status))
        return error(path, "is a folder; name a file in <journal file>");
    auto database = Database::open(path, Opening::read);
    if (!database) return explained(path, database.error());
    const auto found = crm::embedded::reading(*database, version_of);
    if (!found) return explained(path, found.error());
    return *found;
}

/// As the effective user, who it is that writes.
bool may_write(const std::filesystem::path& path, int way) {
    return ::faccessat(AT_FDCWD, path.c_str(), way, AT_EACCESS) == 0;
}

/// Whether this mailferry can work with tables of that version as they are.
Result<void> check_version(const std::string& path, std::int64_t found) {
    if (found == 0) return error(path, none_yet);
    if (found < newest) {  // an agent of that version may be working on it
        return error(path, "written by an older version of mailferry; start the agent of this one");
    }
    if (found > newest) return error(path, "written by a newer version of mailferry; use that one");
    return {};
}

/// Damage is found now, with what helps, and not mail by mail.
Result<void> check_pages(Database& database) {
    std::string damage;
    {
        auto row = database.query("PRAGMA quick_check(1)");
        if (row.next() && row.text(0) != "ok") damage = row.text(0);
    }
    if (const auto failure = database.take_failure()) return explained(database.path(), *failure);
    if (damage.empty()) return {};
    return damaged(database.path(), damage);
}

/// Gives back the space of what was forgotten; only when it is much, as all is written anew.
void compact(Database& database) {
    const std::int64_t unused = number(database, "PRAGMA freelist_count");
    if (unused < limits::free_pages || unused * 4 < number(database, "PRAGMA page_count")) return;
    database.script("VACUUM");
    database.take_failure();  // a disk that is too full for it is no reason not to start
}

}  // namespace

Error journal_error(const crm::Error& error) {
    std::string text = "journal " + error.text;
    if (error.code == crm::errc::damaged) text += fmt::format("; stop the agent, then {}", way_out);
    return {errc::journal, std::move(text), {}};
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock::~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<JournalFile> open_journal(const std::string& path, Opened how) {
    int descriptor = -1;
    std::error_code ec;
    if (how == Opened::beside && !std::filesystem::exists(path, ec)) {
        return error(path, ec ? "cannot be reached: " + ec.message() : none_yet);
    }
    if (path != ":memory:") {
        const Result<std::int64_t> looked = look(path);
        if (!looked) return looked.error();
        const Result<void> fits =
            how == Opened::beside ? check_version(path, *looked) : Result<void>();
        if (!fits) return fits.error();
    }
    if (how == Opened::alone && path != ":memory:") {
        const Result<int> locked = take_lock(path);
        if (!locked) return locked.error();
        descriptor = *locked;
    }
    auto database = Database::open(path, how == Opened::beside ? Opening::write : Opening::create);
    if (!database) {
        if (descriptor >= 0) ::close(descriptor);
        return explained(path, database.error());
    }
    JournalFile file{FileLock(descriptor), std::move(*database)};
    if (how == Opened::alone) {
        const Result<void> sound = check_pages(file.database);
        if (!sound) return sound.error();
    }
    const Result<std::int64_t> found = version(file.database, how);
    if (!found) return found.error();
    const Result<void> fits = check_version(path, *found);
    if (!fits) return fits.error();
    if (how == Opened::alone) compact(file.database);
    return file;
}

Result<void> check_journal(const std::string& path) {
    if (path == ":memory:") return {};
    const std::filesystem::path folder = std::filesystem::absolute(path).parent_path();
    std::error_code ec;
    if (!std::filesystem::is_directory(folder, ec)) {
        return error(path, "its folder is not there, or may not be entered; make it");
    }
    if (!may_write(folder, W_OK | X_OK)) {
        return error(
            path,
            "its folder may not be written by this user; give it the right, or check as the "
            "agent's user"
        );
    }
    const bool is_there = std::filesystem::exists(path, ec);
    if (is_there && !std::filesystem::is_directory(path, ec) && !may_write(path, R_OK | W_OK)) {
        return error(
            path,
            "may not be read and written by this user; give it the right, or check as the agent's "
            "user"
        );
    }
    const Result<std::int64_t> found = look(path);
    if (!found) return found.error();
    if (*found < newest) return {};  // the agent makes it, or brings it up to date
    const Result<JournalFile> opened = open_journal(path, Opened::beside);
    if (!opened) return opened.error();
    return {};
}

}  // namespace agent
