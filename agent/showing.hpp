// Tells the user of a mailbox, by category, that a mail is in work or keeps failing, and takes that back. What a mail
// may carry is in the journal (Job::shown) before it is set and until it is certainly gone, so that no crash leaves a
// mail "Pending" for ever. Used by the worker; never in two coroutines for one mailbox at once.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <vector>

#include "agent/clock.hpp"
#include "agent/error.hpp"
#include "agent/journal_thread.hpp"
#include "agent/mailbox.hpp"
#include "rules/policy.hpp"

namespace agent {

/// Writes the job, unless `queue` was quicker (errc::overtaken). Job::changed is of what stands in the journal: it moves
/// on with success only. A clock that was put back is followed.
boost::asio::awaitable<Result<void>> save(JournalThread& journal, const Clock& clock, Job& job);

class Showing {
public:
    /// All of it outlives this.
    Showing(
        Mailbox& mailbox,
        JournalThread& journal,
        const Clock& clock,
        const rules::ProcessingCategories& categories
    )
        : mailbox_(mailbox), journal_(journal), clock_(clock), categories_(categories) {}

    /// Shows `what`, pending or error, and not the other one. The mail gets its mark (mark_of), to be found
    /// where its user drags it. That it cannot be shown is logged and stops nothing.
    boost::asio::awaitable<void> show(Job& job, Shown what);
    /// Does the work, which must leave the mailbox alone, and shows the mail as pending where that takes long and it
    /// `may` be shown. What the work throws is thrown.
    boost::asio::awaitable<void> during(Job& job, bool may, boost::asio::awaitable<void> work);
    /// Shows all of these as pending, in few calls. What an admin has changed meanwhile is left out.
    boost::asio::awaitable<Result<void>> show_pending(std::vector<Job> jobs);
    /// Takes away what was shown; nothing is asked where nothing was. An item that has gone is followed.
    boost::asio::awaitable<Result<void>> clear(Job& job);
    /// The mail is not in its folder any more: if something was shown, it is taken away wherever its user has put it.
    boost::asio::awaitable<Result<void>> follow(Job& job);

private:
    boost::asio::awaitable<Result<void>> take_away(std::string item);

    Mailbox& mailbox_;
    JournalThread& journal_;
    const Clock& clock_;
    const rules::ProcessingCategories& categories_;
};

}  // namespace agent
