// Takes one mail after the other of one mailbox from "it is asked for" to "filed, or explained":
// fetch, read, decide, archive, mark, move; where several wait, they are marked and moved together (agent/returning). The state machine of the journal (agent/journal) in action; any
// step may be the last one before a crash, and the next start goes on there.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "agent/archive_mail.hpp"
#include "agent/big_mails.hpp"
#include "agent/brakes.hpp"
#include "agent/clock.hpp"
#include "agent/config.hpp"
#include "agent/error.hpp"
#include "agent/journal_thread.hpp"
#include "agent/limits.hpp"
#include "agent/mailbox.hpp"
#include "agent/notice/notice.hpp"
#include "agent/read_mail.hpp"
#include "agent/returning.hpp"
#include "agent/showing.hpp"
#include "crm/archive.hpp"
#include "crm/directory.hpp"
#include "rules/policy.hpp"

namespace agent {

/// What the worker works with; all of it outlives the worker.
struct Surroundings {
    Mailbox& mailbox;
    crm::Directory& directory;
    crm::Archive& archive;
    JournalThread& journal;
    const Clock& clock;
    Arrivals& arrivals;
    const RetryConfig& retry;
    bool observing = false;  ///< mailbox and archive have no effect; the log says "would-file"
    /// Called when a loop brake (rules::LoopBrakes) holds a mail.
    std::function<void(const LoopFacts&)> on_brake = [](const LoopFacts&) {};
    BigMails* big_mails = nullptr;  ///< large ones are read there, else here as the others
};

class Worker {
public:
    Worker(Surroundings surroundings, const rules::Policy& policy, rules::Owner owner);

    /// Works on the mail that has been due longest, and on some that wait behind it, of Inbox and Sent Items
    /// `most_automatic` together; false if none is due. An error concerns all mails: the journal, the server or the CRM
    /// as a whole. A mail that fails for a reason of its own is the journal's business.
    boost::asio::awaitable<Result<bool>> step(
        Which which = Which::all, int most_automatic = limits::together
    );
    /// Shows as pending what has waited for a while, and nothing else; for a time in which step() is not called.
    boost::asio::awaitable<Result<void>> show_waiting();
    /// Takes away what shows as pending: the mailbox is not served any more.
    boost::asio::awaitable<void> withdraw();
    /// What stopped the last step was the CRM, and not the mailbox.
    bool crm_failed() const { return crm_failed_; }
    /// Of Inbox and Sent Items, how many mails were taken since the last call.
    int taken_automatically() { return std::exchange(taken_automatically_, 0); }

private:
    boost::asio::awaitable<Result<bool>> work_on(std::vector<Job> jobs);
    boost::asio::awaitable<Result<void>> work_on(Job& job);
    boost::asio::awaitable<Result<bool>> settle(Job& job, Result<void> result);
    bool goes_along(Job& job);
    bool has_twin(const Job& job) const;
    boost::asio::awaitable<Result<bool>> give_back_all(std::vector<Returning> mails);
    boost::asio::awaitable<Result<void>> attempt(Job& job);
    boost::asio::awaitable<Result<void>> advance(Job& job);
    boost::asio::awaitable<Result<void>> read(Job& job);
    boost::asio::awaitable<void> call_by_name(Job& job);
    boost::asio::awaitable<Result<void>> plan(Job& job);
    boost::asio::awaitable<Result<void>> archive(Job& job);
    boost::asio::awaitable<Result<void>> dispose(Job& job);
    boost::asio::awaitable<Result<void>> hold(Job& job, const rules::Decision& decision);
    boost::asio::awaitable<Result<void>> give_back(Job& job, rules::Disposition& disposition);
    boost::asio::awaitable<Result<bool>> remove_copy(Job& job, const rules::Disposition& disposition);
    boost::asio::awaitable<Result<std::optional<std::string>>> original_of(Job& job);
    boost::asio::awaitable<Result<void>> trace_move(Job& job, Mailbox::Place place, Marking marking);
    Error judge(const Job& job, Error error);
    boost::asio::awaitable<Result<void>> put_off(Job& job, Error error);
    boost::asio::awaitable<Result<rules::Decision>> ask(Job& job);
    boost::asio::awaitable<Result<Archived>> store(Job& job, const rules::Decision& decision);
    boost::asio::awaitable<Result<void>> save(Job& job);
    bool may_show_pending(const Job& job) const;
    const rules::Decision* decision_of(Job& job);

    const std::string& name() const { return owner_.addresses.front(); }

    Surroundings in_;
    const rules::Policy& policy_;
    rules::Owner owner_;
    std::optional<ReadMail> mail_;             ///< of the job under way, if it was fetched
    std::optional<rules::Decision> decision_;  ///< of the job under way, if it is known
    bool crm_failed_ = false;                  ///< of the job under way: what stopped it was not the mailbox
    Showing showing_;
    Brakes brakes_;
    std::int64_t busy_job_ = 0;  ///< the last one that Exchange was "busy" for, and how often in a row
    int busy_answers_ = 0;
    Time shown_waiting_{};  ///< when show_waiting was last done
    int taken_automatically_ = 0;
    bool several_ = false;              ///< are worked on: what goes back the plain way waits for the others
    std::vector<Returning> returning_;  ///< of those, what waits
    int alone_ = 0;                     ///< so many are given back alone first: together it went wrong
};

}  // namespace agent
