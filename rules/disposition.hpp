// Where a mail goes and which categories it shows. Used by evaluate, and by agent/worker to look for
// the original of a copy.
#pragma once

#include <optional>

#include "rules/decision.hpp"
#include "rules/mail.hpp"
#include "rules/policy.hpp"

namespace rules {

/// Where the original of a mail lies that was copied into a drop folder, if anywhere: the folder it
/// is returned to. Nothing for a mail to oneself, of which two lie in the mailbox anyhow.
std::optional<Disposition::Move> place_of_original(const Mail& mail);

/// After success: returned with the category of success, or purged where the policy says so; what
/// was captured automatically stays. A copy is removed.
Disposition disposition_of_success(const Policy& policy, const Mail& mail, Trace& trace);

/// Nobody matched: returned, or left where it is, with the category that says so; never purged.
/// What nobody asked for (automatic, without a required category) is not touched, but no longer
/// pending.
Disposition disposition_of_no_match(const Policy& policy, const Mail& mail, Trace& trace);

}  // namespace rules
