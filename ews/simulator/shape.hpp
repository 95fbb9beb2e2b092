// Which properties a client wants to see: m:ItemShape and m:FolderShape.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/itemshape
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ews/simulator/extended_field.hpp"

namespace ews::simulator {

enum class BaseShape { id_only, standard, all };

struct Shape {
    BaseShape base = BaseShape::id_only;
    bool mime = false;
    std::string body_type = "Best";
    std::set<std::string> fields;  ///< FieldURI values
    std::vector<ExtendedField> extended;
    std::vector<std::string> headers;  ///< of t:IndexedFieldURI item:InternetMessageHeader
};

Shape read_shape(const pugi::xml_node& node);

}  // namespace ews::simulator
