// A mailbox item as GetItem and FindItem return it. What was not asked for, or the server left out,
// is empty.
#pragma once

#include <cstdint>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "ews/ids.hpp"
#include "ews/item_parts.hpp"
#include "ews/item_shape.hpp"
#include "ews/property.hpp"
#include "ews/xml.hpp"

namespace ews {

struct Item {
    std::string kind;  ///< the element's name: Message, MeetingRequest, CalendarItem, Contact …
    ItemId id;
    std::optional<FolderId> parent;
    std::string item_class;  ///< such as "IPM.Note"
    std::string subject;
    std::string internet_message_id;
    std::string in_reply_to, references;
    std::optional<Correspondent> sender, from;
    std::optional<Time> received, sent, created, modified;
    std::uint64_t size = 0;  ///< bytes in the store, not of the MIME
    std::vector<std::string> categories;
    bool is_draft = false, is_submitted = false, is_from_me = false, is_read = false;
    bool has_attachments = false;
    std::vector<ExtendedValue> properties;
    std::optional<std::string> mime;  ///< decoded; made by the server, not the bytes that arrived
    ItemParts parts;                  ///< of parts_shape()
    bool operator==(const Item&) const = default;
};

/// Leaves out what cannot be read; MIME that is no base64 counts as none.
Item read_item(pugi::xml_node item);
/// The items of an m:Items or t:Items.
std::vector<Item> read_items(pugi::xml_node items);
/// Our mark on it, nullptr if it has none (or the shape did not ask).
const std::string* state_of(const Item& item);
/// The SMTP address that the server knows of From, whatever routing type that has; "" if none.
std::string smtp_address_of_from(const Item& item);

}  // namespace ews
