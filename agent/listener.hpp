// Keeps one mailbox under watch: makes its folders, subscribes, and reads every folder in which
// something may have happened into the journal. Notifications are hints, the sync state is the
// truth: after every start, gap and error all folders are read, and in each full cycle of the
// schedule. In blackout nothing is asked of the mailbox.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/clock.hpp"
#include "agent/error.hpp"
#include "agent/journal_thread.hpp"
#include "agent/limits.hpp"
#include "agent/mailbox.hpp"
#include "agent/schedule.hpp"
#include "http/signal.hpp"
#include "agent/troubles.hpp"
#include "rules/policy.hpp"

namespace agent {

class Listener {
public:
    struct Settings {
        std::string mailbox;  ///< comparable address
        const rules::Policy& policy;
        const Timetable& timetable;
        std::chrono::milliseconds settle;
        /// The clock of the schedule may be set, or jump: it is looked at so often at least.
        std::chrono::milliseconds look_at_clock = limits::look_at_clock;
    };

    /// Told what the listener has found; called on the thread of the io_context.
    struct Events {
        std::function<void()> on_work;   ///< the journal has got new items
        std::function<void()> on_cycle = [] {};  ///< a full cycle begins
    };

    /// All references outlive the listener; all calls come from the one thread of the io_context.
    Listener(
        const boost::asio::any_io_executor& executor,
        Settings settings,
        Mailbox& mailbox,
        JournalThread& journal,
        const Clock& clock,
        Arrivals& arrivals,
        Troubles& troubles,
        Events events
    );

    /// Listens until stop(). Errors are told by Troubles, then tried again with growing waits.
    boost::asio::awaitable<void> run();
    void stop();

    /// A full cycle at once, or what else an admin asks; in blackout it waits for the end of it.
    void ask(Request request);
    /// A folder has been read, or there is none to read, since the start.
    bool has_served() const { return served_; }

private:
    using Steady = std::chrono::steady_clock;

    boost::asio::awaitable<void> listen();
    boost::asio::awaitable<Result<void>> session();
    boost::asio::awaitable<Result<Folders>> folders();
    boost::asio::awaitable<void> rest_in_blackout();
    boost::asio::awaitable<void> begin_cycle();
    boost::asio::awaitable<void> answer(Request request);
    bool is_blackout() const;
    Steady::time_point next_look() const;
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
    void recovered(const std::string& what);

    Settings settings_;
    Mailbox& mailbox_;
    JournalThread& journal_;
    const Clock& clock_;
    Arrivals& arrivals_;
    Troubles& troubles_;
    Events events_;

    std::vector<WatchedFolder> folders_;
    struct Dirt {
        Steady::time_point since, due;
    };
    std::map<std::string, Dirt> dirty_;                     ///< folder id -> when to read it
    std::map<std::string, Steady::time_point> not_before_;  ///< folder id -> end of a wait after an error
    Time last_cycle_{};             ///< when the last full cycle began
    std::deque<Request> requests_;  ///< of admins, not carried out yet
    std::optional<Error> lost_folder_;  ///< ends the session: the folders are made anew
    std::unique_ptr<Watch> watch_;
    http::Signal retry_, dirt_;
    bool served_ = false;
    bool stopping_ = false;
};

}  // namespace agent
