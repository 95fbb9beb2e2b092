// What a policy says for the time when things go wrong: <error-notices>, <permission-errors>,
// <loop-brakes>. Used by read_policy.
#pragma once

#include <pugixml.hpp>

#include "rules/policy.hpp"

namespace rules {

/// Each of them: defaults for an absent node, else one that the schema has taken.
ErrorNotices read_error_notices(const pugi::xml_node& node);
PermissionErrors read_permission_errors(const pugi::xml_node& node);
LoopBrakes read_loop_brakes(const pugi::xml_node& node);

}  // namespace rules
