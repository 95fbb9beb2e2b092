#include "ews/item.hpp"

#include <utility>

#include "ews/base64.hpp"

namespace ews {
namespace {

std::optional<Correspondent> read_correspondent(pugi::xml_node holder) {
    auto found = read_correspondents(holder);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<std::string> read_categories(pugi::xml_node categories) {
    std::vector<std::string> names;
    for (auto node : elements(categories, "String")) names.push_back(text(node));
    return names;
}

std::optional<std::string> read_mime(pugi::xml_node content) {
    if (!content) return std::nullopt;
    auto mime = decode_base64(text(content));
    // An empty element is what some servers send when they could not make any.
    if (mime && mime->empty()) return std::nullopt;
    return mime;
}

void read_flags(pugi::xml_node node, Item& item) {
    item.is_draft = flag(child(node, "IsDraft"));
    item.is_submitted = flag(child(node, "IsSubmitted"));
    item.is_from_me = flag(child(node, "IsFromMe"));
    item.is_read = flag(child(node, "IsRead"));
    item.has_attachments = flag(child(node, "HasAttachments"));
}

void read_message_id(pugi::xml_node node, Item& item) {
    item.internet_message_id = trimmed_text(child(node, "InternetMessageId"));
    if (!item.internet_message_id.empty()) return;
    if (const auto* id = find_value(item.properties, message_id_property()))
        item.internet_message_id = *id;
}

}  // namespace

Item read_item(pugi::xml_node node) {
    Item item;
    item.kind = local_name(node);
    item.id = read_item_id(child(node, "ItemId"));
    if (const auto parent = child(node, "ParentFolderId")) item.parent = read_folder_id(parent);
    item.item_class = trimmed_text(child(node, "ItemClass"));
    item.subject = text(child(node, "Subject"));
    item.in_reply_to = trimmed_text(child(node, "InReplyTo"));
    item.references = trimmed_text(child(node, "References"));
    item.sender = read_correspondent(child(node, "Sender"));
    item.from = read_correspondent(child(node, "From"));
    item.received = time(child(node, "DateTimeReceived"));
    item.sent = time(child(node, "DateTimeSent"));
    item.created = time(child(node, "DateTimeCreated"));
    item.modified = time(child(node, "LastModifiedTime"));
    item.size = number(child(node, "Size"));
    item.categories = read_categories(child(node, "Categories"));
    read_flags(node, item);
    item.properties = read_values(node);
    read_message_id(node, item);
    item.mime = read_mime(child(node, "MimeContent"));
    item.parts = read_parts(node);
    return item;
}

std::vector<Item> read_items(pugi::xml_node items) {
    std::vector<Item> found;
    for (auto node : elements(items)) found.push_back(read_item(node));
    return found;
}

const std::string* state_of(const Item& item) {
    return find_value(item.properties, state_property());
}

std::string smtp_address_of_from(const Item& item) {
    if (item.from && item.from->routing_type == "SMTP") return item.from->address;
    const auto* of_from = find_value(item.properties, from_smtp_property());
    if (of_from != nullptr) return *of_from;
    // Sender is somebody else where a mail is sent on behalf of From.
    const auto* of_sender = find_value(item.properties, sender_smtp_property());
    const bool is_same = !item.sender || !item.from || item.sender->address == item.from->address;
    return of_sender != nullptr && is_same ? *of_sender : std::string();
}

}  // namespace ews
