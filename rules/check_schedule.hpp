// What a schema cannot say of <schedule>: zones that there are not, a blackout without end. Used by
// check_policy.
#pragma once

#include <pugixml.hpp>

#include "rules/placed_problems.hpp"

namespace rules {

/// Nothing is found in an absent node.
void check_schedule(const pugi::xml_node& schedule, PlacedProblems& problems);

}  // namespace rules
