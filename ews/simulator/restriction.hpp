// m:Restriction of FindItem and FindFolder, evaluated on values of fields.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/restriction
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ews/simulator/refusal.hpp"
#include "ews/simulator/xml.hpp"

namespace ews::simulator {

/// Gives the values of a t:FieldURI, t:ExtendedFieldURI or t:IndexedFieldURI node.
using FieldReader = std::function<std::vector<std::string>(const pugi::xml_node&)>;

/// Whether the object behind `read` meets `expression`; a null node is met by all. An expression
/// that the simulator does not know is ErrorUnsupportedPathForQuery, never silently true.
Outcome<bool> meets(const pugi::xml_node& expression, const FieldReader& read);

/// Numbers as numbers, times as times, truth values as such, else text without regard to letter
/// case.
int compare_values(std::string_view a, std::string_view b);

}  // namespace ews::simulator
