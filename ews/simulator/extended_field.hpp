// Extended (MAPI) properties: how a client names them, and the computed ones that Exchange has on
// every item and folder.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/extendedfielduri
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ews/simulator/item.hpp"
#include "ews/simulator/xml.hpp"

namespace ews::simulator {

struct ExtendedField {
    /// "{guid, lower case}/{name}", "{guid}/#{number}" or "0x1035"
    std::string key;
    std::string type;                                             ///< MapiPropertyTypeType
    std::vector<std::pair<std::string, std::string>> attributes;  ///< as the client wrote them
};

/// Reads t:ExtendedFieldURI; nothing if its attributes do not go together.
std::optional<ExtendedField> read_extended_field(const pugi::xml_node& node);
/// The t:Value or t:Values of a t:ExtendedProperty.
Property read_extended_property(const pugi::xml_node& node, const ExtendedField& field);
/// Nothing is written where there are no values.
void write_extended_property(
    pugi::xml_node parent, const ExtendedField& field, const std::vector<std::string>& values
);

/// Empty if the item does not have it.
std::vector<std::string> extended_values(const Item& item, std::string_view key);
std::vector<std::string> extended_values(const Folder& folder, std::string_view key);

/// PS_PUBLIC_STRINGS "Keywords": the categories as MAPI sees them.
inline constexpr std::string_view keywords_key = "00020329-0000-0000-c000-000000000046/Keywords";

}  // namespace ews::simulator
