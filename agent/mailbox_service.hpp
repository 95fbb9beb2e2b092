// One mailbox in service: its listener fills the journal and wakes its worker, which empties it.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "agent/config.hpp"
#include "agent/listener.hpp"
#include "agent/mailbox.hpp"
#include "agent/notice/notice.hpp"
#include "agent/schedule.hpp"
#include "agent/worker.hpp"
#include "http/signal.hpp"

namespace agent {

class MailboxService {
public:
    struct Settings {
        const rules::Policy& policy;
        rules::Owner owner;
        Timetable timetable;
        bool ask_time_zone = false;  ///< of the CRM, which knows the zone of its user
        const RetryConfig& retry;
        std::chrono::milliseconds settle;
        bool observing = false;  ///< see Surroundings
        /// Called when a loop brake holds a mail.
        std::function<void(const LoopFacts&)> on_brake = [](const LoopFacts&) {};
        std::chrono::milliseconds look_at_clock = limits::look_at_clock;
        BigMails* big_mails = nullptr;  ///< see Surroundings
    };

    /// What is passed by reference outlives the service; the mailbox belongs to it.
    MailboxService(
        const boost::asio::any_io_executor& executor,
        Settings settings,
        std::unique_ptr<Mailbox> mailbox,
        crm::Directory& directory,
        crm::Archive& archive,
        JournalThread& journal,
        const Clock& clock
    );

    boost::asio::awaitable<void> run();
    /// `for_good`: the mailbox is not served any more, so nothing of ours that says "in work" stays in it.
    void stop(bool for_good = false);
    const std::string& name() const { return name_; }
    const rules::Policy& policy() const { return settings_.policy; }

    /// Looks into the journal: another program has changed it.
    void wake() { work_.notify(); }
    /// What an admin asks. In blackout sync_now is refused, with the reason; the rest waits for its end.
    Result<void> ask(Request request);
    /// Since when mails wait because server, CRM or journal as a whole is in trouble.
    const std::optional<Troubles::Trouble>& trouble() const { return troubles_.lasting(); }
    /// There is such trouble, and at the server of the mailbox, which may be another one by now. Not where our login is
    /// refused: whoever looks for the server then has it refused in more places, and accounts lock.
    bool may_have_moved() const;
    /// It is known that there is no such trouble: the mailbox has been read since the start.
    bool is_served() const { return listener_.has_served() && !trouble() && !is_blackout(); }

private:
    boost::asio::awaitable<void> work_off();
    boost::asio::awaitable<void> hold(const Error& error);
    boost::asio::awaitable<void> rest();
    boost::asio::awaitable<void> look_up_time_zone();
    Which allowed();
    bool is_blackout() const;

    std::string name_;
    Settings settings_;
    std::unique_ptr<Mailbox> mailbox_;
    crm::Directory& directory_;
    JournalThread& journal_;
    const Clock& clock_;
    http::Signal work_;
    Arrivals arrivals_;
    Troubles troubles_;
    Worker worker_;
    Listener listener_;
    bool time_zone_due_ = true;
    std::string time_zone_;  ///< as the CRM has told it
    /// Mails of Inbox and Sent Items that may still be taken in this cycle.
    int budget_ = settings_.policy.schedule.items_per_cycle;
    bool stopping_ = false, for_good_ = false;
};

}  // namespace agent
