// Where a mail of a drop folder goes and which categories it shows. Used by evaluate.
#pragma once

#include <string_view>

#include "rules/decision.hpp"
#include "rules/mail.hpp"
#include "rules/policy.hpp"

namespace rules {

/// After success: returned with the category of success, or purged where the policy says so.
Disposition disposition_of_success(const Policy& policy, const Mail& mail, Trace& trace);

/// Nobody matched: returned with the category that says so, never purged.
Disposition disposition_of_no_match(const Policy& policy, const Mail& mail, Trace& trace);

/// Exchange compares names of categories without regard to case.
bool same_category(std::string_view a, std::string_view b);

}  // namespace rules
