// What the agent must not forget: which mails wait, what was decided for each, how far its effects have come,
// and up to where each folder has been read. SQLite, written before an effect happens. Used by the listener
// (enqueue), the worker (states) and `mailferry queue`.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/clock.hpp"
#include "agent/error.hpp"
#include "agent/mailbox.hpp"
#include "rules/vocabulary.hpp"

namespace agent {

/// How far a mail has come:
///   queued -> planned   the decision is stored, nothing has been done
///          -> archived  the CRM has confirmed, or nothing was to be archived
///          -> done      the mail is where it belongs
/// From each of the first three also -> failed: an admin must look; or -> given_up: an admin has looked.
/// Backwards by `queue retry`, and to queued where a decision no longer holds (a record of it is gone).
enum class State { queued, planned, archived, done, failed, given_up };
std::string_view to_text(State state);
std::optional<State> state(std::string_view text);

/// How far a folder has been read.
struct FolderProgress {
    std::string sync_state;  ///< "" for from the beginning
    /// Everything before this moment has been looked at, or lay there at a first start: where a reading begins anew, what
    /// is older is not taken for new.
    Time since{};
    bool from_start = true;  ///< a reading from the beginning is under way
    bool operator==(const FolderProgress&) const = default;
};

/// An item to queue.
struct NewItem {
    std::string id;
    bool again = false;  ///< if its job has ended, that begins anew: its user asks once more
    bool operator==(const NewItem&) const = default;
};

/// One mail in one folder of one mailbox.
struct Job {
    std::int64_t id = 0;
    std::string mailbox;  ///< comparable address
    std::string item;     ///< the mailbox's id of it
    rules::Role role;
    State state = State::queued;
    std::string subject, message_id;  ///< known once it was read
    std::string decision;             ///< JSON (agent/decision_json), "" until planned
    std::string record;               ///< CRM id of the archived mail, "" until archived
    std::string outcome;              ///< JSON of what the CRM confirmed (agent/outcome_json)
    std::string note;                 ///< why it waits or failed, or what became of it
    int attempts = 0;
    Time due{};      ///< not before
    Time queued{};
    Time changed{};
    bool operator==(const Job&) const = default;
};

/// Something is still to be done for it.
bool is_open(const Job& job);

/// The key of idempotency that marks the mail in the mailbox: the same after every restart.
std::string mark_of(const Job& job);

/// Synchronous; use it from one thread at a time (agent/journal_thread wraps it for coroutines). Every function
/// has committed when it returns, but within a group; a failure is errc::journal with the remedy.
class Journal {
public:
    /// Opens or creates the file and keeps a lock beside it: a second agent on the same journal is refused.
    static Result<std::unique_ptr<Journal>> open(const std::string& path);
    /// The same without the lock and without creating it: for `queue` beside a running agent.
    static Result<std::unique_ptr<Journal>> open_beside(const std::string& path);
    ~Journal();

    /// Nothing for a folder that was never read.
    Result<std::optional<FolderProgress>> progress(const std::string& mailbox, const std::string& folder);
    /// New items and the progress that covers them, in one transaction. Items with a job are left alone, but for
    /// NewItem::again. Returns how many are queued by it.
    Result<int> enqueue(
        const std::string& mailbox,
        const WatchedFolder& folder,
        const std::vector<NewItem>& items,
        const FolderProgress& progress,
        Time now
    );
    /// Forgets how far the folders of the mailbox have been read that are not watched any more: should one be watched
    /// again, that is a first start.
    Result<void> keep_folders(const std::string& mailbox, const std::vector<WatchedFolder>& watched);

    /// The waiting job of that mailbox that has been due longest; nothing if none is due.
    Result<std::optional<Job>> next(const std::string& mailbox, Time now);
    /// When the next waiting job of that mailbox is due, if there is one.
    Result<std::optional<Time>> next_due(const std::string& mailbox);
    /// Writes the job if nobody has changed it since `as_read`, the value of Job::changed when it was read; false if
    /// somebody has.
    Result<bool> save(const Job& job, Time as_read);
    /// Whatever waits is due now: after a start or a change of policy nothing waits for an old reason.
    Result<void> wake(Time now);

    Result<std::vector<Job>> list(bool all);  ///< all: also those that are done
    Result<std::optional<Job>> find(std::int64_t id);

    /// What is called between the two is committed together, by end_group(): until then nothing counts. An error of
    /// end_group() means that none of it has happened, whatever the calls have returned; after one of begin_group()
    /// there is no group.
    Result<void> begin_group();
    Result<void> end_group();
    void abandon_group();  ///< undoes it

private:
    struct Impl;
    explicit Journal(std::unique_ptr<Impl> impl);
    static Result<std::unique_ptr<Journal>> open(const std::string& path, bool beside);
    std::unique_ptr<Impl> impl_;
};

}  // namespace agent
