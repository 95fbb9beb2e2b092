// Long because the whole life of the file stands here: schema, lock, and every statement.
#include "agent/journal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

#include "agent/sha256.hpp"
#include "crm/embedded/database.hpp"

namespace agent {

namespace {

using crm::embedded::Database;
using crm::embedded::Opening;
using crm::embedded::Statement;

constexpr std::int64_t schema_version = 2;
constexpr const char* schema = R"(
    CREATE TABLE folder (
        mailbox TEXT NOT NULL,
        folder TEXT NOT NULL,
        sync_state TEXT NOT NULL,
        since INTEGER NOT NULL,
        from_start INTEGER NOT NULL,
        PRIMARY KEY (mailbox, folder)
    ) STRICT;
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
        UNIQUE (mailbox, item)
    ) STRICT;
    CREATE INDEX waiting ON job (mailbox, due) WHERE state IN ('queued', 'planned', 'archived');
    PRAGMA user_version = 2;
)";

/// What was queued and done stays known; the folders are read anew, which queues nothing twice.
constexpr const char* from_version_1 = R"(
    DROP TABLE folder;
    CREATE TABLE folder (
        mailbox TEXT NOT NULL,
        folder TEXT NOT NULL,
        sync_state TEXT NOT NULL,
        since INTEGER NOT NULL,
        from_start INTEGER NOT NULL,
        PRIMARY KEY (mailbox, folder)
    ) STRICT;
    PRAGMA user_version = 2;
)";

constexpr std::string_view columns =
    "id, mailbox, item, role, state, subject, message_id, decision, record, outcome, note, attempts, "
    "due, queued, changed";

std::int64_t milliseconds(Time time) { return time.time_since_epoch().count(); }
Time time(std::int64_t milliseconds) { return Time(std::chrono::milliseconds(milliseconds)); }

Error journal_error(const crm::Error& error) { return {errc::journal, "journal " + error.text, {}}; }

Job read_job(const Statement& row) {
    Job job;
    job.id = row.integer(0);
    job.mailbox = row.text(1);
    job.item = row.text(2);
    job.role = rules::role(row.text(3)).value_or(rules::Role{});
    job.state = state(row.text(4)).value_or(State::failed);
    job.subject = row.text(5);
    job.message_id = row.text(6);
    job.decision = row.text(7);
    job.record = row.text(8);
    job.outcome = row.text(9);
    job.note = row.text(10);
    job.attempts = static_cast<int>(row.integer(11));
    job.due = time(row.integer(12));
    job.queued = time(row.integer(13));
    job.changed = time(row.integer(14));
    return job;
}

/// A lock on FILE.lock for as long as the descriptor is open; the kernel drops it with the process.
Result<int> lock(const std::string& path) {
    const std::string file = path + ".lock";
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return Error{
            errc::journal,
            fmt::format("journal {}: cannot be made; check that the folder exists and may be written", file),
            {}
        };
    }
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
    ::close(descriptor);
    return Error{
        errc::journal,
        fmt::format("journal {}: another agent is running on it; stop that one first", path),
        {}
    };
}

}  // namespace

std::string_view to_text(State state) {
    switch (state) {
        case State::queued: return "queued";
        case State::planned: return "planned";
        case State::archived: return "archived";
        case State::done: return "done";
        case State::failed: return "failed";
        case State::given_up: return "given-up";
    }
    return "unknown";
}

std::optional<State> state(std::string_view text) {
    for (const State state :
         {State::queued,
          State::planned,
          State::archived,
          State::done,
          State::failed,
          State::given_up}) {
        if (to_text(state) == text) return state;
    }
    return std::nullopt;
}

bool is_open(const Job& job) {
    return job.state == State::queued || job.state == State::planned || job.state == State::archived;
}

// The item's id is never used again by Exchange, so mailbox and item name this drop and no other.
std::string mark_of(const Job& job) { return "filed:" + sha256(job.mailbox + "\n" + job.item).substr(0, 32); }

struct Journal::Impl {
    Database database;
    int lock = -1;
    bool in_group = false;

    ~Impl() {
        if (lock >= 0) ::close(lock);
    }

    template <class Work>
    auto write(const Work& work) -> Result<typename decltype(work(database))::value_type> {
        auto result = in_group ? within_group(work) : crm::embedded::writing(database, work);
        if (!result) return journal_error(result.error());
        return std::move(result).value();
    }

    /// A failure of SQLite stays in the database: it fails the whole group, when that ends.
    template <class Work>
    auto within_group(const Work& work) -> decltype(work(database)) {
        auto result = work(database);
        if (database.failure()) return *database.failure();
        return result;
    }

    template <class Work>
    auto read(const Work& work) -> Result<typename decltype(work(database))::value_type> {
        auto result = in_group ? within_group(work) : crm::embedded::reading(database, work);
        if (!result) return journal_error(result.error());
        return std::move(result).value();
    }
};

Journal::Journal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Journal::~Journal() = default;

Result<std::unique_ptr<Journal>> Journal::open(const std::string& path) { return open(path, false); }

Result<std::unique_ptr<Journal>> Journal::open_beside(const std::string& path) {
    if (!std::filesystem::exists(path)) {
        return Error{errc::journal, fmt::format("journal {}: there is none yet; the agent makes it", path), {}};
    }
    return open(path, true);
}

Result<std::unique_ptr<Journal>> Journal::open(const std::string& path, bool beside) {
    int descriptor = -1;
    if (!beside && path != ":memory:") {
        const Result<int> locked = lock(path);
        if (!locked) return locked.error();
        descriptor = *locked;
    }
    auto database = Database::open(path, beside ? Opening::write : Opening::create);
    if (!database) {
        if (descriptor >= 0) ::close(descriptor);
        return journal_error(database.error());
    }
    std::unique_ptr<Impl> impl(new Impl{std::move(*database), descriptor});
    const Result<std::int64_t> version =
        impl->write([beside](Database& db) -> crm::Result<std::int64_t> {
            std::int64_t found = 0;
            auto query = db.query("PRAGMA user_version");
            if (query.next()) found = query.integer(0);
            query.next();
            if (beside || found >= schema_version) return found;
            db.script(found == 0 ? schema : from_version_1);
            return schema_version;
        });
    if (!version) return version.error();
    if (*version < schema_version) {  // an agent of that version may be working on it
        return Error{
            errc::journal,
            fmt::format("journal {}: written by an older version of mailferry; start the agent of this one", path),
            {}
        };
    }
    if (*version > schema_version) {
        return Error{
            errc::journal,
            fmt::format("journal {}: written by a newer version of mailferry; use that one", path),
            {}
        };
    }
    return std::unique_ptr<Journal>(new Journal(std::move(impl)));
}

Result<std::optional<FolderProgress>> Journal::progress(
    const std::string& mailbox, const std::string& folder
) {
    return impl_->read([&](Database& db) -> crm::Result<std::optional<FolderProgress>> {
        auto row = db.query(
            "SELECT sync_state, since, from_start FROM folder WHERE mailbox = ? AND folder = ?", mailbox, folder
        );
        if (!row.next()) return std::optional<FolderProgress>{};
        FolderProgress progress;
        progress.sync_state = row.text(0);
        progress.since = time(row.integer(1));
        progress.from_start = row.integer(2) != 0;
        return std::optional<FolderProgress>(std::move(progress));
    });
}

namespace {

/// 1 if the item is queued by it, 0 where it has a job that is left alone.
int enqueue(Database& db, const std::string& mailbox, const std::string& role, const NewItem& item, Time now) {
    auto known = db.query(
        "SELECT state IN ('queued', 'planned', 'archived') FROM job WHERE mailbox = ? AND item = ?", mailbox, item.id
    );
    if (!known.next()) {
        db.run(
            "INSERT INTO job (mailbox, item, role, state, due, queued, changed) "
            "VALUES (?, ?, ?, 'queued', ?, ?, ?)",
            mailbox,
            item.id,
            role,
            milliseconds(now),
            milliseconds(now),
            milliseconds(now)
        );
        return 1;
    }
    if (!item.again || known.integer(0) != 0) return 0;
    db.run(
        "UPDATE job SET state = 'queued', decision = '', record = '', outcome = '', note = '', attempts = 0, "
        "due = ?, queued = ?, changed = max(?, changed + 1) WHERE mailbox = ? AND item = ?",
        milliseconds(now),
        milliseconds(now),
        milliseconds(now),
        mailbox,
        item.id
    );
    return 1;
}

}  // namespace

Result<int> Journal::enqueue(
    const std::string& mailbox,
    const WatchedFolder& folder,
    const std::vector<NewItem>& items,
    const FolderProgress& progress,
    Time now
) {
    const std::string role = rules::to_text(folder.role);
    return impl_->write([&](Database& db) -> crm::Result<int> {
        int queued = 0;
        for (const NewItem& item : items) queued += agent::enqueue(db, mailbox, role, item, now);
        db.run(
            "INSERT INTO folder VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
            "sync_state = excluded.sync_state, since = excluded.since, from_start = excluded.from_start",
            mailbox,
            folder.id,
            progress.sync_state,
            milliseconds(progress.since),
            std::int64_t{progress.from_start}
        );
        return queued;
    });
}

Result<void> Journal::keep_folders(
    const std::string& mailbox, const std::vector<WatchedFolder>& watched
) {
    const auto is_watched = [&watched](const std::string& id) {
        return std::ranges::find(watched, id, &WatchedFolder::id) != watched.end();
    };
    const auto unwatched = [&](Database& db) -> crm::Result<std::vector<std::string>> {
        std::vector<std::string> ids;
        auto row = db.query("SELECT folder FROM folder WHERE mailbox = ?", mailbox);
        while (row.next()) {
            if (!is_watched(row.text(0))) ids.push_back(row.text(0));
        }
        return ids;
    };
    const Result<std::vector<std::string>> gone = impl_->read(unwatched);
    if (!gone) return gone.error();
    if (gone->empty()) return {};
    const Result<bool> forgotten = impl_->write([&](Database& db) -> crm::Result<bool> {
        for (const std::string& id : *gone) {
            db.run("DELETE FROM folder WHERE mailbox = ? AND folder = ?", mailbox, id);
        }
        return true;
    });
    if (!forgotten) return forgotten.error();
    return {};
}

Result<std::optional<Job>> Journal::next(const std::string& mailbox, Time now) {
    return impl_->read([&](Database& db) -> crm::Result<std::optional<Job>> {
        const std::string sql = fmt::format(
            "SELECT {} FROM job WHERE mailbox = ? AND due <= ? AND state IN ('queued', 'planned', 'archived') "
            "ORDER BY due, id LIMIT 1",
            columns
        );
        auto row = db.query(sql, mailbox, milliseconds(now));
        if (!row.next()) return std::optional<Job>{};
        return std::optional<Job>(read_job(row));
    });
}

Result<std::optional<Time>> Journal::next_due(const std::string& mailbox) {
    return impl_->read([&](Database& db) -> crm::Result<std::optional<Time>> {
        auto row = db.query(
            "SELECT min(due) FROM job WHERE mailbox = ? AND state IN ('queued', 'planned', 'archived')", mailbox
        );
        if (!row.next()) return std::optional<Time>{};
        const std::optional<std::int64_t> due = row.integer_or_null(0);
        return due ? std::optional<Time>(time(*due)) : std::nullopt;
    });
}

Result<bool> Journal::save(const Job& job, Time as_read) {
    return impl_->write([&](Database& db) -> crm::Result<bool> {
        db.run(
            "UPDATE job SET state = ?, subject = ?, message_id = ?, decision = ?, record = ?, "
            "outcome = ?, note = ?, attempts = ?, due = ?, changed = ? WHERE id = ? AND changed = ?",
            to_text(job.state),
            job.subject,
            job.message_id,
            job.decision,
            job.record,
            job.outcome,
            job.note,
            job.attempts,
            milliseconds(job.due),
            milliseconds(job.changed),
            job.id,
            milliseconds(as_read)
        );
        auto changes = db.query("SELECT changes()");
        return changes.next() && changes.integer(0) == 1;
    });
}

Result<void> Journal::wake(Time now) {
    const Result<bool> woken = impl_->write([&](Database& db) -> crm::Result<bool> {
        db.run(
            "UPDATE job SET due = ? WHERE due > ? AND state IN ('queued', 'planned', 'archived')",
            milliseconds(now),
            milliseconds(now)
        );
        return true;
    });
    if (!woken) return woken.error();
    return {};
}

Result<void> Journal::begin_group() {
    impl_->database.run("BEGIN IMMEDIATE");
    if (const auto failure = impl_->database.take_failure()) return journal_error(*failure);
    impl_->in_group = true;
    return {};
}

Result<void> Journal::end_group() {
    Database& database = impl_->database;
    impl_->in_group = false;
    if (!database.failure()) database.run("COMMIT");
    const std::optional<crm::Error> failure = database.take_failure();
    if (!failure) return {};
    abandon_group();
    return journal_error(*failure);
}

void Journal::abandon_group() {
    Database& database = impl_->database;
    impl_->in_group = false;
    database.take_failure();
    if (database.open_transaction()) database.run("ROLLBACK");
    database.take_failure();
}

Result<std::vector<Job>> Journal::list(bool all) {
    return impl_->read([&](Database& db) -> crm::Result<std::vector<Job>> {
        const std::string sql =
            fmt::format("SELECT {} FROM job {} ORDER BY id", columns, all ? "" : "WHERE state NOT IN ('done', 'given-up')");
        std::vector<Job> jobs;
        auto row = db.query(sql);
        while (row.next()) jobs.push_back(read_job(row));
        return jobs;
    });
}

Result<std::optional<Job>> Journal::find(std::int64_t id) {
    return impl_->read([&](Database& db) -> crm::Result<std::optional<Job>> {
        const std::string sql = fmt::format("SELECT {} FROM job WHERE id = ?", columns);
        auto row = db.query(sql, id);
        if (!row.next()) return std::optional<Job>{};
        return std::optional<Job>(read_job(row));
    });
}

}  // namespace agent
