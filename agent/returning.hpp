// Mails that were archived one after the other go back to their user together: one write of the
// journal before, one call that marks them all, one for each place that moves them, one write of
// the journal after. Only where nothing is in question; what does not come through stays with the
// worker (agent/worker), who goes with each alone.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "agent/clock.hpp"
#include "agent/error.hpp"
#include "agent/journal_thread.hpp"
#include "agent/mailbox.hpp"
#include "rules/decision.hpp"
#include "rules/policy.hpp"

namespace agent {

bool moves(const rules::Disposition& disposition);
/// Marked, maybe moved, and nothing else: no copy to remove, nothing to purge.
bool is_plain(const Job& job, const rules::Disposition& disposition);
/// What it carries afterwards: what was decided, its mark, and nothing that says it is in work or
/// fails.
Marking marking_of(
    const Job& job,
    const rules::Disposition& disposition,
    const rules::ProcessingCategories& categories
);

/// A mail that the CRM has, on its way back.
struct Returning {
    enum class Outcome {
        open,       ///< it is archived, and maybe marked or moved
        done,       ///< it is back, and the journal says so
        overtaken,  ///< an admin has changed its job meanwhile
    };
    Job job;  ///< archived; the journal may still have it as planned
    rules::Decision decision;
    Marking marking;
    std::string note;  ///< of the job, once it is done
    Outcome outcome = Outcome::open;
};

/// Writes down that they are archived: nothing happens to them before. Those that an admin has
/// changed are overtaken.
boost::asio::awaitable<Result<void>> note_archived(
    JournalThread& journal, const Clock& clock, std::vector<Returning>& mails
);

/// Gives them back, one at least, and writes down which are done. An error is of the mailbox or the
/// journal as a whole: what is open then may have happened or not. All references outlive the call.
boost::asio::awaitable<Result<void>> give_back_together(
    Mailbox& mailbox, JournalThread& journal, const Clock& clock, std::vector<Returning>& mails
);

}  // namespace agent
