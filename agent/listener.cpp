// Longer than other files: one mailbox has one session and one list of folders to read, which these turns share.
#include "agent/listener.hpp"

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <utility>

#include "agent/intake.hpp"
#include "agent/limits.hpp"
#include "agent/log.hpp"
#include "agent/utc_text.hpp"

namespace agent {

Listener::Listener(
    const boost::asio::any_io_executor& executor,
    Settings settings,
    Mailbox& mailbox,
    JournalThread& journal,
    const Clock& clock,
    Arrivals& arrivals,
    Troubles& troubles,
    Events events
)
    : settings_(std::move(settings)),
      mailbox_(mailbox),
      journal_(journal),
      clock_(clock),
      arrivals_(arrivals),
      troubles_(troubles),
      events_(std::move(events)),
      retry_(executor),
      dirt_(executor) {}

boost::asio::awaitable<void> Listener::run() {
    using boost::asio::experimental::awaitable_operators::operator&&;
    auto listening = listen();
    auto reading = read_dirty_folders();
    co_await (std::move(listening) && std::move(reading));
}

void Listener::stop() {
    stopping_ = true;
    if (watch_) watch_->close();
    retry_.notify();
    dirt_.notify();
}

boost::asio::awaitable<void> Listener::listen() {
    while (!stopping_) {
        if (is_blackout()) {
            co_await rest_in_blackout();
            continue;
        }
        Result<void> ended = co_await session();
        if (watch_) co_await watch_->end();
        watch_.reset();
        if (lost_folder_) ended = *std::exchange(lost_folder_, std::nullopt);
        if (stopping_ || ended || is_blackout()) continue;
        const std::chrono::milliseconds wait = troubles_.met("", ended.error());
        co_await retry_.wait_for(wait);
    }
}

bool Listener::is_blackout() const { return settings_.timetable.is_blackout(clock_.now()); }

boost::asio::awaitable<void> Listener::rest_in_blackout() {
    log::info(
        "blackout",
        {{"mailbox", settings_.mailbox},
         {"until", utc_text(std::chrono::floor<std::chrono::seconds>(settings_.timetable.next_change(clock_.now())))}}
    );
    while (!stopping_ && is_blackout()) {
        const auto pause = settings_.timetable.rest(clock_.now(), settings_.look_at_clock);
        co_await retry_.wait_for(pause);
    }
}

/// Its folders as the policy wants them; where its category has got another name, by an admin's leave, the master folder
/// is renamed first.
boost::asio::awaitable<Result<Folders>> Listener::folders() {
    auto look = [mailbox = settings_.mailbox](Journal& journal) { return journal.mailbox(mailbox); };
    Result<MailboxState> state = co_await journal_.run(look);
    if (!state) co_return state.error();
    if (last_cycle_ == Time{}) last_cycle_ = state->cycle;  // a restart does not begin the count anew
    const std::string& category = settings_.policy.category.name;
    if (!state->category.empty() && state->category != category) {
        Result<void> renamed = co_await mailbox_.rename_folder(state->category, category);
        if (!renamed) co_return renamed.error();
        log::info("renamed", {{"mailbox", settings_.mailbox}, {"from", state->category}, {"to", category}});
    }
    Result<Folders> made = co_await mailbox_.ensure_folders(settings_.policy);
    if (!made) co_return made.error();
    if (state->category == category) co_return made;
    auto freeze = [mailbox = settings_.mailbox, category, now = clock_.now()](Journal& journal) {
        return journal.freeze(mailbox, category, now);
    };
    Result<void> frozen = co_await journal_.run(freeze);
    if (!frozen) co_return frozen.error();
    co_return made;
}

/// From subscribing to the end of the stream. Success means: the server closed it in good order.
boost::asio::awaitable<Result<void>> Listener::session() {
    Result<Folders> found = co_await folders();
    if (!found) co_return found.error();
    for (const std::string& warning : found->warnings) {
        log::warning("folder", {{"mailbox", settings_.mailbox}, {"why", warning}});
    }
    auto keep = [mailbox = settings_.mailbox, watched = found->watched](Journal& journal) {
        return journal.keep_folders(mailbox, watched);
    };
    Result<void> kept = co_await journal_.run(keep);
    if (!kept) co_return kept.error();
    folders_ = std::move(found->watched);
    if (folders_.empty()) {  // the policy wants none: look again now and then
        recovered("");
        co_await retry_.wait_for(limits::look_for_folders);
        co_return Result<void>{};
    }
    Result<std::unique_ptr<Watch>> watch = co_await mailbox_.watch(folders_);
    if (!watch) co_return watch.error();
    watch_ = std::move(*watch);
    if (stopping_) co_return Result<void>{};
    // After subscribing, so that nothing falls between. A start or a gap within a cycle begins no other one.
    if (settings_.timetable.next_cycle(last_cycle_, clock_.now()) <= clock_.now()) {
        co_await begin_cycle();
    } else {
        read_all_now();
    }
    std::string names;
    for (const WatchedFolder& folder : folders_) names += (names.empty() ? "" : ", ") + folder.name;
    log::info("listening", {{"mailbox", settings_.mailbox}, {"folders", names}});
    while (!stopping_) {
        Result<std::vector<Hint>> hints = co_await watch_->next();
        if (!hints) {
            if (hints.error().code == errc::cancelled) co_return Result<void>{};
            co_return hints.error();
        }
        recovered("");  // not before: a server in trouble may take every subscription
        for (Hint& hint : *hints) hear(std::move(hint));
    }
    co_return Result<void>{};
}

boost::asio::awaitable<void> Listener::read_dirty_folders() {
    while (!stopping_) {
        const bool rests = is_blackout();
        if (rests && watch_) watch_->close();  // and listen() rests too
        if (rests || folders_.empty()) {
            const auto look = Steady::now() + settings_.look_at_clock;
            co_await dirt_.wait_until(look);
            continue;
        }
        if (!requests_.empty()) {
            const Request request = std::move(requests_.front());
            requests_.pop_front();
            co_await answer(request);
        } else if (settings_.timetable.next_cycle(last_cycle_, clock_.now()) <= clock_.now()) {
            co_await begin_cycle();
        }
        const auto first =
            std::min_element(dirty_.begin(), dirty_.end(), [](const auto& a, const auto& b) {
                return a.second.due < b.second.due;
            });
        auto until = next_look();
        if (first != dirty_.end()) until = std::min(until, first->second.due);
        if (until > Steady::now()) {
            co_await dirt_.wait_until(until);
            continue;
        }
        if (first == dirty_.end()) continue;
        const std::string id = first->first;
        dirty_.erase(first);
        if (watched(id) == nullptr) {
            recovered(id);  // the policy has no such folder any more
            continue;
        }
        const WatchedFolder folder = *watched(id);
        Result<void> read = co_await read_folder(folder);
        if (read) {
            not_before_.erase(id);
            recovered(id);
            continue;
        }
        if (stopping_ || is_blackout()) continue;
        const Error error = read.error();
        const std::chrono::milliseconds wait = troubles_.met(id, error);
        not_before_[id] = Steady::now() + wait;
        read_at(id, not_before_[id]);
        if (error.code == errc::subscription_lost) give_up_session(error);
    }
}

/// When the next cycle begins, or the clock is looked at.
Listener::Steady::time_point Listener::next_look() const {
    if (!requests_.empty()) return Steady::now();
    const Time now = clock_.now();
    const auto rest = settings_.timetable.next_cycle(last_cycle_, now) - now;
    return Steady::now() + std::min<std::chrono::milliseconds>(rest, settings_.look_at_clock);
}

/// Every folder is read, whatever events told.
boost::asio::awaitable<void> Listener::begin_cycle() {
    last_cycle_ = clock_.now();
    read_all_now();
    events_.on_cycle();
    auto note = [mailbox = settings_.mailbox, now = last_cycle_](Journal& journal) {
        return journal.note_cycle(mailbox, now);
    };
    co_await journal_.run(note);  // where it is lost, a cycle comes too early: no harm
}

void Listener::ask(Request request) {
    requests_.push_back(std::move(request));
    dirt_.notify();
}

boost::asio::awaitable<void> Listener::answer(Request request) {
    std::vector<std::string> ids;
    for (const WatchedFolder& folder : folders_) {
        if (request.role.empty() || request.role == to_text(folder.role)) ids.push_back(folder.id);
    }
    auto work = [request, mailbox = settings_.mailbox, ids, now = clock_.now()](Journal& journal) -> Result<void> {
        const Result<int> done = journal.carry_out(request, mailbox, ids, now);
        if (!done) return done.error();
        return journal.answered(request.id);  // together, or not at all
    };
    Result<void> done = co_await journal_.run(work);
    if (!done) {
        const std::chrono::milliseconds wait = troubles_.met("request", done.error());
        requests_.push_front(request);
        co_await dirt_.wait_for(wait);
        co_return;
    }
    troubles_.over("request");
    log::info("asked", {{"mailbox", settings_.mailbox}, {"for", std::string(to_text(request.kind))}});
    co_await begin_cycle();
    events_.on_work();
}

const WatchedFolder* Listener::watched(const std::string& folder) const {
    const auto found = std::find_if(
        folders_.begin(), folders_.end(), [&](const WatchedFolder& one) { return one.id == folder; }
    );
    return found == folders_.end() ? nullptr : &*found;
}

boost::asio::awaitable<Result<void>> Listener::read_folder(const WatchedFolder& folder) {
    auto look_up = [mailbox = settings_.mailbox, id = folder.id](Journal& journal) {
        return journal.progress(mailbox, id);
    };
    const Time begun = clock_.now();
    Result<std::optional<FolderProgress>> known = co_await journal_.run(look_up);
    if (!known) co_return known.error();
    FolderProgress progress{"", std::chrono::ceil<std::chrono::seconds>(begun), true};  // what lies there is not new
    if (*known) progress = **known;
    // By the times that the server tells, not by our clock, which may be wrong by a day: what would be taken for old
    // because of that would be lost.
    Time newest = progress.since;
    bool complete = false, is_restarted = false;
    while (!complete && !stopping_) {  // what was read is committed page by page
        Result<Changes> changes = co_await mailbox_.changes(folder, progress.sync_state);
        const bool lost = !changes && changes.error().code == errc::sync_state_lost;
        if (lost && !progress.sync_state.empty() && !is_restarted) {
            progress = {"", progress.since - limits::clock_skew, true};  // known items are known to the journal
            is_restarted = true;
            continue;
        }
        if (!changes) co_return changes.error();
        std::vector<NewItem> items = asked_for(settings_.policy, folder, changes->items, progress);
        complete = changes->complete;
        progress.sync_state = std::move(changes->sync_state);
        for (const ChangedItem& item : changes->items) newest = std::max({newest, item.received, item.modified});
        const Time seen = *known ? std::min(newest, begun) : progress.since;  // of a first reading, to the full second
        if (complete) progress = {std::move(progress.sync_state), seen, false};
        Result<void> taken = co_await take(folder, std::move(items), progress);
        if (!taken) co_return taken.error();
    }
    co_return Result<void>{};
}

boost::asio::awaitable<Result<void>> Listener::take(
    const WatchedFolder& folder, std::vector<NewItem> items, FolderProgress progress
) {
    auto work = [mailbox = settings_.mailbox,
                 folder,
                 items = std::move(items),
                 progress = std::move(progress),
                 now = clock_.now()](Journal& journal) {
        return journal.enqueue(mailbox, folder, items, progress, now);
    };
    Result<int> added = co_await journal_.run(work);
    if (!added) co_return added.error();
    if (*added > 0) events_.on_work();
    co_return Result<void>{};
}

/// Something happened: read when the folder has come to rest, but not later than limits::longest_unrest.
void Listener::hear(Hint hint) {
    arrivals_.add(hint.arrivals);
    const auto now = Steady::now();
    const auto since = dirty_.try_emplace(hint.folder, Dirt{now, now}).first->second.since;
    const auto latest = std::max(since + limits::longest_unrest, now);
    const auto wait = not_before_.find(hint.folder);
    auto due = std::min<Steady::time_point>(now + settings_.settle, latest);
    if (wait != not_before_.end()) due = std::max(due, wait->second);
    dirty_[hint.folder] = {since, due};
    dirt_.notify();
}

void Listener::read_at(const std::string& folder, Steady::time_point due) {
    dirty_[folder] = {Steady::now(), due};
    dirt_.notify();
}

void Listener::read_all_now() {
    const auto now = Steady::now();
    for (const WatchedFolder& folder : folders_) read_at(folder.id, now);
}

/// A watched folder is not there any more: the next session makes it anew and watches that one.
void Listener::give_up_session(const Error& error) {
    lost_folder_ = error;
    if (watch_) watch_->close();
}

void Listener::recovered(const std::string& what) {
    served_ = true;
    troubles_.over(what);
}

}  // namespace agent
