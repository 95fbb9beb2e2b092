// <schedule> of a policy -> Schedule. Used by read_policy; check_schedule reads the parts of the
// week with it.
#pragma once

#include <optional>
#include <pugixml.hpp>

#include "rules/policy.hpp"

namespace rules {

/// Defaults for an absent node; else one that the schema has taken.
Schedule read_schedule(const pugi::xml_node& node);

/// A <peak> or <blackout>; nothing where the schema refuses it.
std::optional<Hours> read_hours(const pugi::xml_node& node);

}  // namespace rules
