// Validation of XML files that people write, by embedded XSDs. The only user of libxml2 in rules/;
// the agent validates its configuration with it too. No network, no entities.
#pragma once

#include <string_view>

#include "rules/error.hpp"

namespace rules {

/// What keeps `xml` from being XML as it is read here: size, encoding, DOCTYPE, syntax. Where this is
/// empty, other readers of XML can be asked too.
Problems syntax_problems(std::string_view xml);

/// Problems of `xml` against the schema text `xsd`; empty if valid. Messages are reworded for
/// admins: the element or attribute, what is wrong with it, what would be right. Elements of the
/// schema with a prefix (<m:policy xmlns:m="…">) are refused: nobody would find them by name.
Problems validate(std::string_view xsd, std::string_view xml);

/// The text of rules/schema/policy.xsd.
std::string_view policy_schema();

}  // namespace rules
