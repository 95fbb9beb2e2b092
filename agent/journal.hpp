// What the agent must not forget: which mails wait, what was decided for each, how far its effects have come,
// and up to where each folder has been read. SQLite, written before an effect happens. Used by the listener
// (enqueue), the worker (states) and `mailferry queue`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/clock.hpp"
#include "agent/error.hpp"
#include "agent/mailbox.hpp"
#include "rules/vocabulary.hpp"

namespace agent {

/// How far a mail has come. Each state is on disk before the effect behind it begins; what a crash leaves in doubt is
/// looked up by the next start, never blindly repeated:
///
///   state      | then                                     | in doubt, it is looked up
///   queued     | read, decided; the decision is written   | nothing was done
///   planned    | records and mail into the CRM            | by their keys: the same key again gives what is there
///   archived   | marked, then moved or purged; of a copy  | the mark is read before it is written; a mail that has
///              | the original is marked, the copy removed | gone is looked for by its mark where it should be
///   done       | -                                        |
///
/// archived also follows on queued where nothing is to be archived. From each of the first three also -> failed: an
/// admin must look; or -> given_up: an admin has looked. Backwards by `queue retry`, and to queued where a decision no
/// longer holds (a record of it is gone). Beside that, Job::shown: a category that says the mail is in work, or fails,
/// is written here before it is set, and until it is certainly gone.
enum class State { queued, planned, archived, done, failed, given_up };
inline constexpr State all_states[] = {
    State::queued, State::planned, State::archived, State::done, State::failed, State::given_up};
std::string_view to_text(State state);
std::optional<State> state(std::string_view text);

/// Which category of ours a mail may carry while its job is not done.
enum class Shown { nothing, pending, error };
std::string_view to_text(Shown shown);  ///< "", "pending", "error"

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
    std::string original;             ///< the item of which this is a copy, "" for none; known with the decision
    Shown shown = Shown::nothing;
    int attempts = 0;
    Time due{};      ///< not before
    Time queued{};
    Time changed{};
    bool operator==(const Job&) const = default;
};

/// Something is still to be done for it.
bool is_open(const Job& job);

/// What Job::changed becomes: another value than it was, and the time as the clock has it, also where that was put back.
Time next_change(Time as_read, Time now);

/// The key of idempotency that marks the mail in the mailbox: the same after every restart.
std::string mark_of(const Job& job);

/// Which jobs are asked for.
enum class Which { all, dropped };  ///< dropped: not what came through Inbox or Sent Items

/// What an admin asks of the running agent, or of the next one: `mailferry policy`.
struct Request {
    enum class Kind {
        sync_now,  ///< a full cycle at once
        reload,    ///< read the configuration again
        repoll,    ///< read the folders from the beginning
        resync,    ///< the same, and try everything again that failed
        clear,     ///< forget what is known of the mailbox, as before a first start
    };
    std::int64_t id = 0;
    Kind kind = Kind::sync_now;
    std::string mailbox;  ///< "" of a reload
    std::string role;     ///< "" for every folder
    Time asked{};
    bool operator==(const Request&) const = default;
};
std::string_view to_text(Request::Kind kind);  ///< "sync-now" …
std::optional<Request::Kind> request_kind(std::string_view text);

/// What the admins of a mailbox have been told, and not yet that it is over.
enum class Alarm {
    none,
    errors,  ///< too many of its mails are in error
    outage,  ///< it cannot be served, with others of its policy
};

/// What is remembered of a mailbox beside its mails.
struct MailboxState {
    std::string category;  ///< the name by which its folder was made, "" before that
    std::string accepted;  ///< the name that it may be renamed to
    Time frozen{};         ///< since when it is that
    Time cycle{};          ///< when its last full cycle began
    Alarm alarm = Alarm::none;
    Time alarmed{};  ///< since when
    bool operator==(const MailboxState&) const = default;
};

/// A mail to an admin that has not been sent yet.
struct PendingNotice {
    std::string key, recipient;  ///< together unique: sent once
    std::string subject, text;
    Time made{};
    int attempts = 0;
    Time due{};
    bool operator==(const PendingNotice&) const = default;
};

/// A subscription that the server may hold for us: where a crash has left it, the next start gives it back.
struct Subscription {
    std::string id;
    std::string anchor, server;  ///< how it is found; @see ews::StandingSubscription
    bool operator==(const Subscription&) const = default;
};

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

    /// The waiting job of that mailbox that has been due longest, of dropped mails first; nothing if none is due. A
    /// job that was changed in the future is due: the clock was put back.
    Result<std::optional<Job>> next(const std::string& mailbox, Time now, Which which = Which::all);
    /// The same, and those behind it, at most `limit`: dropped ones, or others where none of those is due.
    Result<std::vector<Job>> next_few(const std::string& mailbox, Time now, Which which, int limit);
    /// When the next waiting job of that mailbox is due, if there is one.
    Result<std::optional<Time>> next_due(const std::string& mailbox, Which which = Which::all);
    /// Of that mailbox what waits since before `before`, was not tried yet and shows nothing, and what shows that it is in work and is not
    /// any more (an admin has given it up); at most `limit` of each.
    Result<std::vector<Job>> shown_wrongly(const std::string& mailbox, Time before, int limit);
    /// What shows that it is in work, at most `limit`.
    Result<std::vector<Job>> shown_pending(const std::string& mailbox, int limit);
    /// Writes the job if nobody has changed it since `as_read`, the value of Job::changed when it was read; false if
    /// somebody has.
    Result<bool> save(const Job& job, Time as_read);
    /// Whatever waits is due now: after a start or a change of policy nothing waits for an old reason.
    Result<void> wake(Time now);

    /// all: also those that are done. `mailbox` "" is every one.
    Result<std::vector<Job>> list(bool all, const std::string& mailbox = "");
    Result<std::optional<Job>> find(std::int64_t id);

    /// The mails of that mailbox that are in error, as its user sees them: failed, or tried in vain at least
    /// limits::visible_attempts times; the oldest first.
    Result<std::vector<Job>> outstanding(const std::string& mailbox);
    /// How many of them each mailbox has; none is left out.
    Result<std::map<std::string, int>> outstanding();

    /// Forgets what was done before `before`, at most limits::pruned_at_once; how many. What waits, failed or was
    /// given up stays.
    Result<std::size_t> prune(Time before);
    /// A consistent copy, made while an agent runs; the file must not exist.
    Result<void> back_up(const std::string& file);

    /// Another program (`mailferry queue`, `policy`) has written into it since the last call; true at the first one.
    Result<bool> written_by_others();

    Result<void> ask(const Request& request);
    Result<std::vector<Request>> requests();
    /// Carries out what concerns the journal alone (repoll, resync, clear) for one mailbox and its folders of the
    /// request's role; returns how many jobs are queued again or forgotten.
    Result<int> carry_out(
        const Request& request, const std::string& mailbox, const std::vector<std::string>& folders, Time now
    );
    Result<void> answered(std::int64_t request);  ///< forgets it

    Result<MailboxState> mailbox(const std::string& mailbox);
    Result<std::map<std::string, MailboxState>> mailboxes();
    /// Its folders are made by that name of the category; a name that was accepted before is the one now.
    Result<void> freeze(const std::string& mailbox, const std::string& category, Time now);
    /// An admin allows that name: the folders may be renamed to it.
    Result<void> accept(const std::string& mailbox, const std::string& category);
    Result<void> note_cycle(const std::string& mailbox, Time begun);

    /// Notices to send; one that is there already stays as it is.
    Result<void> tell(const std::vector<PendingNotice>& notices);
    /// The same, and what the admins of the mailbox are thereby told, in one transaction.
    Result<void> tell(
        const std::string& mailbox, Alarm alarm, Time since, const std::vector<PendingNotice>& notices
    );
    Result<std::vector<PendingNotice>> notices(Time now);  ///< that are due
    Result<void> put_off(const PendingNotice& notice);     ///< attempts and due
    Result<void> told(const PendingNotice& notice);        ///< forgets it

    /// All that the mailbox has now, in the place of what was noted before.
    Result<void> note_subscriptions(
        const std::string& mailbox, const std::vector<Subscription>& subscriptions, Time now
    );
    /// By mailbox, each mailbox's in the order in which they were noted first.
    Result<std::map<std::string, std::vector<Subscription>>> subscriptions();
    /// Forgets those of other mailboxes: nobody will give them back, they expire.
    Result<void> keep_subscriptions(const std::vector<std::string>& mailboxes);

    /// What is called between the two is committed together, by end_group(): until then nothing counts. An error of
    /// end_group() means that none of it has happened, whatever the calls have returned; after one of begin_group()
    /// there is no group.
    Result<void> begin_group();
    Result<void> end_group();
    void abandon_group();  ///< undoes it

private:
    struct Impl;
    explicit Journal(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace agent
