// The table of properties of an item: name, element, when it is given unasked, how it is read and
// written. What can be read can be searched. Used by item_fields only.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ews/simulator/mailbox.hpp"
#include "ews/simulator/shape.hpp"

namespace ews::simulator {

struct ItemContext {
    const Mailbox& mailbox;
    const Item& item;
    const Shape& shape;
};

/// Where a property is given unasked; bits.
enum Given : unsigned { asked = 0, standard = 1, all = 2, both = 3 };

struct ItemField {
    std::string_view uri;  ///< "" for the extended properties
    const char* element;
    Given given;
    bool in_find;                                          ///< FindItem returns it as well
    std::vector<std::string> (*read)(const ItemContext&);  ///< nullptr: not searchable
    void (*write)(pugi::xml_node, const ItemContext&);     ///< nullptr: the first value as text
};

/// In the order of ItemType of the schema.
std::span<const ItemField> item_table();
/// What MessageType adds, in its order.
std::span<const ItemField> message_table();

}  // namespace ews::simulator
