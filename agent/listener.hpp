// Keeps one mailbox under watch: makes its folders, subscribes, and reads every folder in which
// something may have happened into the journal. Notifications are hints, the sync state is the
// truth: after every start, gap and error all folders are read.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "agent/clock.hpp"
#include "agent/error.hpp"
#include "agent/journal_thread.hpp"
#include "agent/limits.hpp"
#include "agent/mailbox.hpp"
#include "agent/signal.hpp"
#include "http/retry.hpp"
#include "rules/policy.hpp"

namespace agent {

class Listener {
public:
    struct Settings {
        std::string mailbox;  ///< comparable address
        const rules::Policy& policy;
        std::chrono::milliseconds settle;
        std::span<const std::chrono::milliseconds> waits = http::back_off_steps;
    };

    /// `on_work` is called when the journal has got new items. All references outlive the listener;
    /// all calls come from the one thread of the io_context.
    Listener(
        const boost::asio::any_io_executor& executor,
        Settings settings,
        Mailbox& mailbox,
        JournalThread& journal,
        const Clock& clock,
        Arrivals& arrivals,
        std::function<void()> on_work
    );

    /// Listens until stop(). Errors are logged once per change of text, then tried again with
    /// growing waits.
    boost::asio::awaitable<void> run();
    void stop();

private:
    using Steady = std::chrono::steady_clock;

    boost::asio::awaitable<void> listen();
    boost::asio::awaitable<Result<void>> session();
    boost::asio::awaitable<void> read_dirty_folders();
    boost::asio::awaitable<Result<void>> read_folder(const WatchedFolder& folder);
    boost::asio::awaitable<Result<void>> take(
        const WatchedFolder& folder, std::vector<NewItem> items, FolderProgress progress
    );
    const WatchedFolder* watched(const std::string& folder) const;
    void hear(Hint hint);
    void read_at(const std::string& folder, Steady::time_point due);
    void read_all_now();
    void give_up_session(const Error& error);
    void report(const Error& error, std::chrono::milliseconds wait);
    void recovered(const std::string& what);
    http::BackOff& trouble(const std::string& what);

    Settings settings_;
    Mailbox& mailbox_;
    JournalThread& journal_;
    const Clock& clock_;
    Arrivals& arrivals_;
    std::function<void()> on_work_;

    std::vector<WatchedFolder> folders_;
    struct Dirt {
        Steady::time_point since, due;
    };
    std::map<std::string, Dirt> dirty_;                     ///< folder id -> when to read it
    std::map<std::string, Steady::time_point> not_before_;  ///< folder id -> end of a wait after an error
    Steady::time_point next_full_read_{};
    std::optional<Error> lost_folder_;  ///< ends the session: the folders are made anew
    std::unique_ptr<Watch> watch_;
    Signal retry_, dirt_;
    std::map<std::string, http::BackOff> troubles_;  ///< that last, by folder id; "" is the stream
    Error told_;                                   ///< the trouble that stands in the log
    bool stopping_ = false;
};

}  // namespace agent
