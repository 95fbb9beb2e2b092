// Long because every statement about mails and folders stands here; the file and what admins ask are elsewhere.
#include "agent/journal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "agent/journal_impl.hpp"
#include "agent/limits.hpp"
#include "crm/sha256.hpp"

namespace agent {

namespace {

using crm::embedded::Database;
using crm::embedded::Statement;

constexpr std::string_view columns =
    "id, mailbox, item, role, state, subject, message_id, decision, record, outcome, note, attempts, "
    "due, queued, changed, original, shown";

constexpr std::string_view is_waiting_sql = "state IN ('queued', 'planned', 'archived')";

Shown shown(std::string_view text) {
    if (text == "pending") return Shown::pending;
    return text == "error" ? Shown::error : Shown::nothing;
}

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
    job.original = row.text(15);
    job.shown = shown(row.text(16));
    return job;
}

std::vector<Job> read_jobs(Statement rows) {
    std::vector<Job> jobs;
    while (rows.next()) jobs.push_back(read_job(rows));
    return jobs;
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
    for (const State state : all_states) {
        if (to_text(state) == text) return state;
    }
    return std::nullopt;
}

std::string_view to_text(Shown shown) {
    switch (shown) {
        case Shown::nothing: return "";
        case Shown::pending: return "pending";
        case Shown::error: return "error";
    }
    return "";
}

bool is_open(const Job& job) {
    return job.state == State::queued || job.state == State::planned || job.state == State::archived;
}

Time next_change(Time as_read, Time now) {
    const bool put_back = as_read > now + limits::clock_jump;
    return put_back ? now : std::max(now, as_read + std::chrono::milliseconds(1));
}

// The item's id is never used again by Exchange, so mailbox and item name this drop and no other.
std::string mark_of(const Job& job) { return "filed:" + crm::sha256(job.mailbox + "\n" + job.item).substr(0, 32); }

Journal::Journal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Journal::~Journal() = default;

Result<std::unique_ptr<Journal>> Journal::open(const std::string& path) {
    Result<JournalFile> file = open_journal(path, Opened::alone);
    if (!file) return file.error();
    return std::unique_ptr<Journal>(new Journal(std::make_unique<Impl>(std::move(*file))));
}

Result<std::unique_ptr<Journal>> Journal::open_beside(const std::string& path) {
    Result<JournalFile> file = open_journal(path, Opened::beside);
    if (!file) return file.error();
    return std::unique_ptr<Journal>(new Journal(std::make_unique<Impl>(std::move(*file))));
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
int enqueue(Database& db, const std::string& mailbox, const rules::Role& role, const NewItem& item, Time now) {
    auto known = db.query(
        "SELECT state IN ('queued', 'planned', 'archived') FROM job WHERE mailbox = ? AND item = ?", mailbox, item.id
    );
    if (!known.next()) {
        db.run(
            "INSERT INTO job (mailbox, item, role, state, automatic, due, queued, changed) "
            "VALUES (?, ?, ?, 'queued', ?, ?, ?, ?)",
            mailbox,
            item.id,
            rules::to_text(role),
            is_automatic(role),
            milliseconds(now),
            milliseconds(now),
            milliseconds(now)
        );
        return 1;
    }
    if (!item.again || known.integer(0) != 0) return 0;
    db.run(
        "UPDATE job SET state = 'queued', decision = '', record = '', outcome = '', note = '', original = '', attempts = 0, "
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
    return impl_->write([&](Database& db) -> crm::Result<int> {
        int queued = 0;
        for (const NewItem& item : items) queued += agent::enqueue(db, mailbox, folder.role, item, now);
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
    return impl_->change([&](Database& db) {
        for (const std::string& id : *gone) {
            db.run("DELETE FROM folder WHERE mailbox = ? AND folder = ?", mailbox, id);
        }
    });
}

Result<std::optional<Job>> Journal::next(const std::string& mailbox, Time now, Which which) {
    Result<std::vector<Job>> first = next_few(mailbox, now, which, 1);
    if (!first) return first.error();
    if (first->empty()) return std::optional<Job>{};
    return std::optional<Job>(std::move(first->front()));
}

Result<std::vector<Job>> Journal::next_few(const std::string& mailbox, Time now, Which which, int limit) {
    return impl_->read([&](Database& db) -> crm::Result<std::vector<Job>> {
        std::vector<Job> jobs;
        const std::string due = fmt::format(
            "SELECT {} FROM job WHERE mailbox = ? AND automatic = ? AND due <= ? AND {} ORDER BY due, id LIMIT ?",
            columns,
            is_waiting_sql
        );
        for (const bool automatic : {false, true}) {
            if (automatic && (which == Which::dropped || !jobs.empty())) break;
            auto row = db.query(due, mailbox, automatic, milliseconds(now), limit);
            while (row.next()) jobs.push_back(read_job(row));
        }
        if (!jobs.empty()) return jobs;
        // Nothing is due: was the clock put back? What is parked lies behind all that waits for a time.
        const std::string ahead = fmt::format(
            "SELECT {} FROM job WHERE mailbox = ? AND automatic = ? AND changed > ? AND due < ? AND {} "
            "ORDER BY due, id LIMIT 1",
            columns,
            is_waiting_sql
        );
        const Time late = now + limits::longest_retry;
        for (const bool automatic : {false, true}) {
            if (automatic && (which == Which::dropped || !jobs.empty())) break;
            auto row =
                db.query(ahead, mailbox, automatic, milliseconds(now + limits::clock_jump), milliseconds(late));
            if (row.next()) jobs.push_back(read_job(row));
        }
        return jobs;
    });
}

Result<std::optional<Time>> Journal::next_due(const std::string& mailbox, Which which) {
    return impl_->read([&](Database& db) -> crm::Result<std::optional<Time>> {
        const std::string sql = fmt::format(
            "SELECT min(due) FROM job WHERE mailbox = ? AND automatic = ? AND {}", is_waiting_sql
        );
        std::optional<Time> first;
        for (const bool automatic : {false, true}) {
            if (automatic && which == Which::dropped) break;
            auto row = db.query(sql, mailbox, automatic);
            const std::optional<std::int64_t> due = row.next() ? row.integer_or_null(0) : std::nullopt;
            if (due && (!first || time(*due) < *first)) first = time(*due);
        }
        return first;
    });
}

Result<std::vector<Job>> Journal::shown_wrongly(
    const std::string& mailbox, Time before, int limit
) {
    return impl_->read([&](Database& db) -> crm::Result<std::vector<Job>> {
        const std::string unshown = fmt::format(
            "SELECT {} FROM job WHERE mailbox = ? AND due <= ? AND {} AND shown = '' AND note = '' AND queued <= ? "
            "ORDER BY automatic, due LIMIT ?",
            columns,
            is_waiting_sql
        );
        const std::string given_up = fmt::format(
            "SELECT {} FROM job WHERE mailbox = ? AND shown = 'pending' "
            "AND state NOT IN ('queued', 'planned', 'archived') LIMIT ?",
            columns
        );
        std::vector<Job> jobs =
            read_jobs(db.query(unshown, mailbox, milliseconds(before), milliseconds(before), limit));
        std::ranges::move(read_jobs(db.query(given_up, mailbox, limit)), std::back_inserter(jobs));
        return jobs;
    });
}

Result<std::vector<Job>> Journal::shown_pending(const std::string& mailbox, int limit) {
    return impl_->read([&](Database& db) -> crm::Result<std::vector<Job>> {
        const std::string sql = fmt::format(
            "SELECT {} FROM job WHERE mailbox = ? AND shown = 'pending' ORDER BY id LIMIT ?",
            columns
        );
        return read_jobs(db.query(sql, mailbox, limit));
    });
}

Result<std::vector<Job>> Journal::outstanding(const std::string& mailbox) {
    return impl_->read([&](Database& db) -> crm::Result<std::vector<Job>> {
        const std::string sql = fmt::format(
            "SELECT {} FROM job WHERE mailbox = ? AND (state = 'failed' OR shown = 'error') "
            "AND (state = 'failed' OR {}) ORDER BY id",
            columns,
            is_waiting_sql
        );
        return read_jobs(db.query(sql, mailbox));
    });
}

Result<std::map<std::string, int>> Journal::outstanding() {
    return impl_->read([&](Database& db) -> crm::Result<std::map<std::string, int>> {
        const std::string sql = fmt::format(
            "SELECT mailbox, count(*) FROM job WHERE (state = 'failed' OR shown = 'error') "
            "AND (state = 'failed' OR {}) GROUP BY mailbox",
            is_waiting_sql
        );
        std::map<std::string, int> counts;
        auto row = db.query(sql);
        while (row.next()) counts[row.text(0)] = static_cast<int>(row.integer(1));
        return counts;
    });
}

Result<bool> Journal::save(const Job& job, Time as_read) {
    return impl_->write([&](Database& db) -> crm::Result<bool> {
        db.run(
            "UPDATE job SET state = ?, subject = ?, message_id = ?, decision = ?, record = ?, "
            "outcome = ?, note = ?, original = ?, shown = ?, attempts = ?, due = ?, changed = ? "
            "WHERE id = ? AND changed = ?",
            to_text(job.state),
            job.subject,
            job.message_id,
            job.decision,
            job.record,
            job.outcome,
            job.note,
            job.original,
            to_text(job.shown),
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
    return impl_->change([&](Database& db) {
        const std::string sql = fmt::format("UPDATE job SET due = ? WHERE due > ? AND {}", is_waiting_sql);
        db.run(sql, milliseconds(now), milliseconds(now));
    });
}

Result<void> Journal::begin_group() {
    impl_->database().run("BEGIN IMMEDIATE");
    if (const auto failure = impl_->database().take_failure()) return journal_error(*failure);
    impl_->in_group = true;
    return {};
}

Result<void> Journal::end_group() {
    Database& database = impl_->database();
    impl_->in_group = false;
    database.check_place();
    if (!database.failure()) database.run("COMMIT");
    const std::optional<crm::Error> failure = database.take_failure();
    if (!failure) return {};
    abandon_group();
    return journal_error(*failure);
}

void Journal::abandon_group() {
    Database& database = impl_->database();
    impl_->in_group = false;
    database.take_failure();
    if (database.open_transaction()) database.run("ROLLBACK");
    database.take_failure();
}

Result<std::vector<Job>> Journal::list(bool all, const std::string& mailbox) {
    return impl_->read([&](Database& db) -> crm::Result<std::vector<Job>> {
        const std::string sql = fmt::format(
            "SELECT {} FROM job WHERE (? = '' OR mailbox = ?) AND {} ORDER BY id",
            columns,
            all ? "true" : "state NOT IN ('done', 'given-up')"
        );
        return read_jobs(db.query(sql, mailbox, mailbox));
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
