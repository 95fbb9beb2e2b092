// What a schema cannot say of <error-notices>: who can be written to. Used by check_policy.
#pragma once

#include <pugixml.hpp>

#include "rules/placed_problems.hpp"

namespace rules {

/// Nothing is found in an absent node.
void check_error_notices(const pugi::xml_node& notices, PlacedProblems& problems);

}  // namespace rules
