#include "agent/listener.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <random>
#include <utility>

#include "agent/limits.hpp"
#include "agent/log.hpp"

namespace agent {

namespace {

/// Up to a fifth more, so that many mailboxes do not come back in the same instant.
std::chrono::milliseconds with_jitter(std::chrono::milliseconds wait) {
    thread_local std::minstd_rand random{std::random_device{}()};
    std::uniform_int_distribution<std::chrono::milliseconds::rep> extra(0, wait.count() / 5);
    return wait + std::chrono::milliseconds(extra(random));
}

}  // namespace

Listener::Listener(
    const boost::asio::any_io_executor& executor,
    Settings settings,
    Mailbox& mailbox,
    JournalThread& journal,
    const Clock& clock,
    std::function<void()> on_work
)
    : settings_(std::move(settings)),
      mailbox_(mailbox),
      journal_(journal),
      clock_(clock),
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
        if (stopping_ || ended) continue;
        const std::chrono::milliseconds wait = next_wait("", ended.error());
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
    folders_ = std::move(folders->watched);
    Result<std::unique_ptr<Watch>> watch = co_await mailbox_.watch(folders_);
    if (!watch) co_return watch.error();
    watch_ = std::move(*watch);
    if (stopping_) co_return Result<void>{};
    mark_all_dirty();  // after subscribing, so that nothing falls between
    log::info(
        "listening", {{"mailbox", settings_.mailbox}, {"folders", std::to_string(folders_.size())}}
    );
    while (!stopping_) {
        Result<std::vector<std::string>> hint = co_await watch_->next();
        if (!hint) {
            if (hint.error().code == errc::cancelled) co_return Result<void>{};
            co_return hint.error();
        }
        recovered("");  // not before: a server in trouble may take every subscription
        const auto due = Steady::now() + settings_.settle;
        for (const std::string& folder : *hint) mark_dirty(folder, due);
    }
    co_return Result<void>{};
}

boost::asio::awaitable<void> Listener::read_dirty_folders() {
    while (!stopping_) {
        const auto first =
            std::min_element(dirty_.begin(), dirty_.end(), [](const auto& a, const auto& b) {
                return a.second < b.second;
            });
        const auto idle = Steady::now() + limits::reconcile_every;
        auto until = idle;
        if (first != dirty_.end()) until = first->second;
        if (until > Steady::now()) {
            co_await dirt_.wait_until(until);
            if (dirty_.empty() && Steady::now() >= idle) mark_all_dirty();
            continue;
        }
        const std::string id = first->first;
        dirty_.erase(first);
        const auto found = std::find_if(
            folders_.begin(), folders_.end(), [&id](const WatchedFolder& f) { return f.id == id; }
        );
        if (found == folders_.end()) {
            recovered(id);  // the policy has no such folder any more
            continue;
        }
        const WatchedFolder folder = *found;
        Result<void> read = co_await read_folder(folder);
        if (read) recovered(id);
        if (read || stopping_) continue;
        const std::chrono::milliseconds wait = next_wait(id, read.error());
        report(read.error(), wait);
        mark_dirty(id, Steady::now() + wait);
    }
}

boost::asio::awaitable<Result<void>> Listener::read_folder(const WatchedFolder& folder) {
    auto look_up = [mailbox = settings_.mailbox, id = folder.id](Journal& journal) {
        return journal.sync_state(mailbox, id);
    };
    Result<std::string> sync_state = co_await journal_.run(look_up);
    if (!sync_state) co_return sync_state.error();
    bool complete = false;
    while (!complete) {
        Result<Changes> changes = co_await mailbox_.changes(folder.id, *sync_state);
        if (!changes && changes.error().code == errc::sync_state_lost && !sync_state->empty()) {
            *sync_state = "";  // from the beginning; known items are known to the journal
            continue;
        }
        if (!changes) co_return changes.error();
        complete = changes->complete;
        *sync_state = changes->sync_state;
        Result<void> taken = co_await take(folder, std::move(*changes));
        if (!taken) co_return taken.error();
    }
    co_return Result<void>{};
}

boost::asio::awaitable<Result<void>> Listener::take(const WatchedFolder& folder, Changes changes) {
    auto work =
        [mailbox = settings_.mailbox, folder, changes = std::move(changes), now = clock_.now()](
            Journal& journal
        ) { return journal.enqueue(mailbox, folder, changes.items, changes.sync_state, now); };
    Result<int> added = co_await journal_.run(work);
    if (!added) co_return added.error();
    if (*added > 0) on_work_();
    co_return Result<void>{};
}

void Listener::mark_dirty(const std::string& folder, Steady::time_point due) {
    dirty_[folder] = due;
    dirt_.notify();
}

void Listener::mark_all_dirty() {
    for (const WatchedFolder& folder : folders_) mark_dirty(folder.id, Steady::now());
}

void Listener::report(const Error& error, std::chrono::milliseconds wait) {
    const bool met_elsewhere = failures_.size() > 1 && error.code == told_.code;
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
    failures_.erase(what);
    if (!failures_.empty() || told_.text.empty()) return;
    told_ = {};
    log::info("recovered", {{"mailbox", settings_.mailbox}});
}

std::chrono::milliseconds Listener::next_wait(const std::string& what, const Error& error) {
    std::size_t& failures = failures_[what];
    const std::size_t last = settings_.waits.size() - 1;
    // A wrong password tried often locks the account out: start with the longest wait.
    const std::size_t index = error.code == errc::denied ? last : std::min(failures, last);
    ++failures;
    return std::max(
        with_jitter(settings_.waits[index]), error.back_off.value_or(std::chrono::milliseconds{0})
    );
}

}  // namespace agent
