// Counts the outstanding errors of every mailbox, writes into the journal what its admins have to be told, and sends
// what stands there: once each, as far as mail allows. One for the whole agent, because an outage that holds a hundred
// mailboxes is one notice and not a hundred.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/clock.hpp"
#include "agent/journal_thread.hpp"
#include "agent/notice/notice.hpp"
#include "agent/notice/sender.hpp"
#include "agent/troubles.hpp"
#include "http/signal.hpp"
#include "rules/policy.hpp"

namespace agent {

class Alarms {
public:
    /// A mailbox whose policy names somebody to tell.
    struct Watched {
        std::string mailbox;
        const rules::Policy& policy;
        std::function<std::optional<Troubles::Trouble>()> trouble;
        std::function<bool()> is_served;  ///< false also while that is not known yet
    };

    /// `config` is the path that the texts name. Everything passed by reference outlives it; `sender` may be empty:
    /// then nothing is done.
    Alarms(
        const boost::asio::any_io_executor& executor,
        JournalThread& journal,
        const Clock& clock,
        std::unique_ptr<Sender> sender,
        std::string config
    );

    void watch(Watched mailbox);
    /// A loop brake holds mails of that mailbox: told once in each window.
    void braked(const std::string& mailbox, LoopFacts facts);

    /// Looks and sends until stop().
    boost::asio::awaitable<void> run();
    void stop();

    /// One look at all mailboxes, and one try for each notice that is due; run() does it again and again.
    boost::asio::awaitable<Result<void>> look();

private:
    using Counts = std::map<std::string, int>;
    using States = std::map<std::string, MailboxState>;
    boost::asio::awaitable<Result<void>> look_at(const Watched& one, const Counts& counts, States& states);
    boost::asio::awaitable<Result<void>> tell_alarm(const Watched& one, int count);
    boost::asio::awaitable<Result<void>> tell_recovery(const Watched& one, const States& states);
    boost::asio::awaitable<Result<void>> look_for_outages(const States& states);
    boost::asio::awaitable<Result<void>> tell_brakes();
    boost::asio::awaitable<Result<void>> send();
    boost::asio::awaitable<Result<void>> write(std::string mailbox, Alarm alarm, Notice notice);
    NoticeContext context(const std::string& mailbox, const rules::Policy& policy) const;

    JournalThread& journal_;
    const Clock& clock_;
    std::unique_ptr<Sender> sender_;
    std::string config_;
    std::vector<Watched> watched_;
    std::map<std::string, LoopFacts> brakes_;  ///< by mailbox, not told yet
    std::map<std::string, Time> braked_;       ///< by mailbox: when told; a restart forgets it
    http::Signal wake_;
    bool stopping_ = false;
};

}  // namespace agent
