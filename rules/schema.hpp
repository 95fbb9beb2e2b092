// Validation of XML files that people write, by embedded XSDs. The only user of libxml2 in rules/;
// the agent validates its configuration with it too. No network, no entities.
#pragma once

#include <string_view>

#include "rules/error.hpp"

namespace rules {

/// Problems of `xml` against the schema text `xsd`; empty if valid. Messages are reworded for
/// admins: the element or attribute, what is wrong with it, what would be right.
Problems validate(std::string_view xsd, std::string_view xml);

/// The text of rules/schema/policy.xsd.
std::string_view policy_schema();

}  // namespace rules
