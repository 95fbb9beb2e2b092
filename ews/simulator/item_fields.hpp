// The properties of an item: as elements in the order of the schema, and as values for restrictions
// and sorting. One table, so that what can be read can be searched.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ews/simulator/mailbox.hpp"
#include "ews/simulator/shape.hpp"

namespace ews::simulator {

/// FindItem gives neither MIME nor bodies nor full recipients, whatever the shape says.
enum class Detail { full, find };

/// Appends t:Message (or what the item class is) with what the shape asks for.
void write_item(
    pugi::xml_node parent,
    const Mailbox& mailbox,
    const Item& item,
    const Shape& shape,
    Detail detail
);
/// The element with its ItemId only.
void write_item_id_only(pugi::xml_node parent, const Item& item);
/// `name` is an element such as "t:ItemId".
void write_item_id(pugi::xml_node parent, const char* name, const Item& item);

/// The values of "item:Subject" and so on; empty if the item has none or the field is not
/// searchable.
std::vector<std::string> field_values(
    const Mailbox& mailbox, const Item& item, std::string_view uri
);

/// What is told of an attachment: no content; bytes of a file, and of an attached mail its
/// properties or its MIME.
enum class AttachedAs { listed, properties, mime };

/// Appends t:FileAttachment or t:ItemAttachment.
void write_attachment(pugi::xml_node parent, const Item& item, std::size_t index, AttachedAs as);
/// "{item id}" and index of an AttachmentId.
std::string attachment_id(const Item& item, std::size_t index);

}  // namespace ews::simulator
