// Conditions of FindItem and FindFolder: the few that we need, combinable by Not and And.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <vector>

#include "ews/property.hpp"

namespace ews {

struct Restriction {
    enum class Kind {
        exists,       ///< the property is set
        is_equal_to,  ///< equal to `text`
        starts_with,  ///< begins with `text`, without regard to case
        contains,     ///< `text` occurs, without regard to case
        negation,     ///< not `parts[0]`
        all,          ///< every one of `parts`, two at least
    };
    Kind kind = Kind::exists;
    Field field;
    std::string text;
    std::vector<Restriction> parts;
};

Restriction exists(Field field);
Restriction is_equal_to(Field field, std::string text);
Restriction starts_with(Field field, std::string text);
Restriction contains(Field field, std::string text);
Restriction negate(Restriction part);
Restriction all_of(std::vector<Restriction> parts);

/// Writes m:Restriction.
void write_restriction(pugi::xml_node request, const Restriction& restriction);

}  // namespace ews
