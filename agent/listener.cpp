// Longer than other files: one mailbox has one session and one list of folders to read, which these turns share.
#include "agent/listener.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <utility>

#include "agent/intake.hpp"
#include "agent/limits.hpp"
#include "agent/log.hpp"
#include "agent/next_wait.hpp"

namespace agent {

Listener::Listener(
    const boost::asio::any_io_executor& executor,
    Settings settings,
    Mailbox& mailbox,
    JournalThread& journal,
    const Clock& clock,
    Arrivals& arrivals,
    std::function<void()> on_work
)
    : settings_(std::move(settings)),
      mailbox_(mailbox),
      journal_(journal),
      clock_(clock),
      arrivals_(arrivals),
      on_work_(std::move(on_work)),
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
        Result<void> ended = co_await session();
        if (watch_) co_await watch_->end();
        watch_.reset();
        if (lost_folder_) ended = *std::exchange(lost_folder_, std::nullopt);
        if (stopping_ || ended) continue;
        const std::chrono::milliseconds wait = next_wait(trouble(""), ended.error());
        report(ended.error(), wait);
        co_await retry_.wait_for(wait);
    }
}

/// From subscribing to the end of the stream. Success means: the server closed it in good order.
boost::asio::awaitable<Result<void>> Listener::session() {
    Result<Folders> folders = co_await mailbox_.ensure_folders(settings_.policy);
    if (!folders) co_return folders.error();
    for (const std::string& warning : folders->warnings) {
        log::warning("folder", {{"mailbox", settings_.mailbox}, {"why", warning}});
    }
    auto keep = [mailbox = settings_.mailbox, watched = folders->watched](Journal& journal) {
        return journal.keep_folders(mailbox, watched);
    };
    Result<void> kept = co_await journal_.run(keep);
    if (!kept) co_return kept.error();
    folders_ = std::move(folders->watched);
    if (folders_.empty()) {  // the policy wants none: look again now and then
        co_await retry_.wait_for(limits::reconcile_every);
        co_return Result<void>{};
    }
    Result<std::unique_ptr<Watch>> watch = co_await mailbox_.watch(folders_);
    if (!watch) co_return watch.error();
    watch_ = std::move(*watch);
    if (stopping_) co_return Result<void>{};
    read_all_now();  // after subscribing, so that nothing falls between
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
    next_full_read_ = Steady::now() + limits::reconcile_every;
    while (!stopping_) {
        if (Steady::now() >= next_full_read_) read_all_now();
        const auto first =
            std::min_element(dirty_.begin(), dirty_.end(), [](const auto& a, const auto& b) {
                return a.second.due < b.second.due;
            });
        auto until = next_full_read_;
        if (first != dirty_.end()) until = std::min(until, first->second.due);
        if (until > Steady::now()) {
            co_await dirt_.wait_until(until);
            continue;
        }
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
        if (stopping_) continue;
        const Error error = read.error();
        const std::chrono::milliseconds wait = next_wait(trouble(id), error);
        report(error, wait);
        not_before_[id] = Steady::now() + wait;
        read_at(id, not_before_[id]);
        if (error.code == errc::subscription_lost) give_up_session(error);
    }
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
        if (complete) progress = {std::move(progress.sync_state), begun, false};
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
    if (*added > 0) on_work_();
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
    next_full_read_ = now + limits::reconcile_every;
    for (const WatchedFolder& folder : folders_) read_at(folder.id, now);
}

/// A watched folder is not there any more: the next session makes it anew and watches that one.
void Listener::give_up_session(const Error& error) {
    lost_folder_ = error;
    if (watch_) watch_->close();
}

void Listener::report(const Error& error, std::chrono::milliseconds wait) {
    const bool met_elsewhere = troubles_.size() > 1 && error.code == told_.code;
    if (met_elsewhere || error.text == told_.text) return;
    told_ = error;
    log::error(
        "unreachable",
        {{"mailbox", settings_.mailbox},
         {"why", error.text},
         {"again-in", fmt::format("{:.1f}s", static_cast<double>(wait.count()) / 1000)}}
    );
}

/// Told when the last of several troubles is over.
void Listener::recovered(const std::string& what) {
    troubles_.erase(what);
    if (!troubles_.empty() || told_.text.empty()) return;
    told_ = {};
    log::info("recovered", {{"mailbox", settings_.mailbox}});
}

http::BackOff& Listener::trouble(const std::string& what) {
    return troubles_.try_emplace(what, settings_.waits).first->second;
}

}  // namespace agent
