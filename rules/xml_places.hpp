// Where the elements and attributes of an XML text stand. libxml2 gives the line of an element's
// end and nothing of attributes, pugixml no attributes either; this finds both. Used by schema and
// check_policy.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rules {

/// Offsets into the text.
struct XmlElementPlace {
    std::size_t tag = 0;      ///< of '<'
    std::size_t content = 0;  ///< behind the start tag and white space
    std::vector<std::pair<std::string, std::size_t>>
        attributes;  ///< name as written, where it begins
};

struct XmlPlaces {
    std::vector<XmlElementPlace> elements;  ///< in document order
    std::optional<std::size_t> doctype;     ///< where one stands; nothing behind it is read
};

/// Reads any text without failing; for a well-formed one without DOCTYPE all elements are found.
XmlPlaces find_places(std::string_view xml);

/// Line and column of an offset, from 1, columns in characters.
struct XmlPosition {
    int line = 1;
    int column = 1;
};
XmlPosition position(std::string_view xml, std::size_t offset);

/// Without a byte order mark, which no reader counts as a column.
std::string_view without_bom(std::string_view xml);

}  // namespace rules
