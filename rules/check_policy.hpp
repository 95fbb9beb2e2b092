// What a schema cannot say of a policy: options that contradict each other or would have no effect,
// domains, names that Exchange cannot hold or that collide. Used by read_policy.
#pragma once

#include <pugixml.hpp>
#include <string_view>

#include "rules/error.hpp"

namespace rules {

/// `policy` is the root element of `xml`. What the schema refuses is passed over: it is told
/// already. All problems, in order of place.
Problems check_policy(const pugi::xml_node& policy, std::string_view xml);

}  // namespace rules
