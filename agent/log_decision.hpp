// The line of the log that tells what became of one mail: the same fields whether it was done or
// only observed, so that a year of them can be searched.
#pragma once

#include "agent/journal.hpp"
#include "rules/decision.hpp"

namespace agent {

/// A decision that was carried out is "filed", "skipped" or "left-alone"; one that was only
/// observed is "would-file", "would-skip" or "would-leave" and names no record. `carried_out` is what came of its disposition.
void log_decision(const Job& job, const rules::Decision& decision, const rules::Disposition& carried_out, bool observing);

}  // namespace agent
