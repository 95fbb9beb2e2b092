// Parts of the week that a policy names, as one looks at them before any clock runs. Used by
// check_schedule.
#pragma once

#include <vector>

#include "rules/policy.hpp"

namespace rules {

/// Whether no minute of the week is left out.
bool fill_the_week(const std::vector<Hours>& parts);

}  // namespace rules
