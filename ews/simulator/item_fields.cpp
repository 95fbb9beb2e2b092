#include "ews/simulator/item_fields.hpp"

#include <fmt/format.h>

#include <array>

#include "ews/simulator/identifier.hpp"
#include "ews/simulator/item_parts.hpp"

namespace ews::simulator {

namespace {

struct Context {
    const Mailbox& mailbox;
    const Item& item;
    const Shape& shape;
};

using Values = std::vector<std::string>;
using Read = Values (*)(const Context&);
using Write = void (*)(pugi::xml_node, const Context&);

/// Where a property is given unasked.
enum Given : unsigned { asked = 0, standard = 1, all = 2, both = 3 };

struct Field {
    std::string_view uri;
    const char* element;
    Given given;
    bool in_find;  ///< FindItem returns it as well
    Read read;     ///< values to search by; nullptr: not searchable
    Write write;   ///< nullptr: the first of the values as text
};

const mime::Message& message_of(const Context& context) {
    return context.item.content->message;
}

Values text(std::string value) {
    if (value.empty()) return {};
    return {std::move(value)};
}

Values flag(bool value) {
    return {bool_text(value)};
}

Values one_address(const std::vector<mime::Mailbox>& mailboxes) {
    return mailboxes.empty() ? Values{} : text(mailboxes.front().address);
}

Values addresses(const std::vector<mime::Mailbox>& mailboxes) {
    Values result;
    for (const auto& each : mailboxes) result.push_back(each.name + " " + each.address);
    return result;
}

const std::vector<mime::Mailbox>& sender_of(const mime::Message& message) {
    return message.sender.empty() ? message.from : message.sender;
}

bool is_from_me(const Context& context) {
    const auto& from = message_of(context).from;
    return !from.empty() && equal_ignoring_case(from.front().address, context.mailbox.address());
}

Time sent_time(const Context& context) {
    return message_of(context).date.value_or(context.item.created);
}

Values display(const std::vector<mime::Mailbox>& mailboxes) {
    std::string names;
    for (const auto& each : mailboxes) {
        if (!names.empty()) names += "; ";
        names += each.name.empty() ? each.address : each.name;
    }
    return {names};
}

Values in_reply_to(const Context& c) {
    const auto& ids = message_of(c).in_reply_to;
    return ids.empty() ? Values{} : text(ids.front());
}

Values references(const Context& c) {
    return text(fmt::format("{}", fmt::join(message_of(c).references, " ")));
}

Values folder(const Context& c) {
    return {c.mailbox.folder_id(c.item.folder)};
}

void write_folder(pugi::xml_node node, const Context& c) {
    const auto* const parent = c.mailbox.folder_of(c.item.folder);
    auto id = node.append_child("t:ParentFolderId");
    add_attribute(id, "Id", parent->id);
    add_attribute(id, "ChangeKey", write_change_key('F', parent->version));
}

void write_categories(pugi::xml_node node, const Context& c) {
    if (c.item.categories.empty()) return;
    auto list = node.append_child("t:Categories");
    for (const auto& category : c.item.categories) add_text(list, "t:String", category);
}

void write_attachments(pugi::xml_node node, const Context& c) {
    const auto count = message_of(c).attachments.size();
    if (count == 0) return;
    auto list = node.append_child("t:Attachments");
    for (std::size_t index = 0; index < count; ++index)
        write_attachment(list, c.item, index, false);
}

void write_extended(pugi::xml_node node, const Context& c) {
    for (const auto& field : c.shape.extended)
        write_extended_property(node, field, extended_values(c.item, field.key));
}

void write_conversation(pugi::xml_node node, const Context& c) {
    add_attribute(node.append_child("t:ConversationId"), "Id", conversation_id(message_of(c)));
}

// In the order of ItemType and MessageType of the schema.
constexpr std::array fields{
    Field{"item:ParentFolderId", "", all, true, folder, write_folder},
    Field{
        "item:ItemClass",
        "t:ItemClass",
        all,
        true,
        [](const Context& c) { return text(c.item.item_class); },
        nullptr},
    Field{
        "item:Subject",
        "t:Subject",
        both,
        true,
        [](const Context& c) { return text(message_of(c).subject); },
        nullptr},
    Field{
        "item:Sensitivity",
        "t:Sensitivity",
        both,
        true,
        [](const Context& c) { return text(c.item.sensitivity); },
        nullptr},
    Field{
        "item:Body",
        "",
        both,
        false,
        [](const Context& c) { return text(message_of(c).text.value_or("")); },
        [](pugi::xml_node n, const Context& c) {
            write_body(n, "t:Body", message_of(c), c.shape.body_type);
        }},
    Field{"item:Attachments", "", both, false, nullptr, write_attachments},
    Field{
        "item:DateTimeReceived",
        "t:DateTimeReceived",
        both,
        true,
        [](const Context& c) { return text(format_time(c.item.received)); },
        nullptr},
    Field{
        "item:Size",
        "t:Size",
        both,
        true,
        [](const Context& c) { return text(fmt::format("{}", c.item.content->mime.size())); },
        nullptr},
    Field{
        "item:Categories",
        "",
        all,
        true,
        [](const Context& c) { return c.item.categories; },
        write_categories},
    Field{
        "item:Importance",
        "t:Importance",
        all,
        true,
        [](const Context& c) { return text(c.item.importance); },
        nullptr},
    Field{"item:InReplyTo", "t:InReplyTo", all, true, in_reply_to, nullptr},
    Field{
        "item:IsSubmitted",
        "t:IsSubmitted",
        all,
        true,
        [](const Context&) { return flag(false); },
        nullptr},
    Field{
        "item:IsDraft",
        "t:IsDraft",
        all,
        true,
        [](const Context& c) { return flag(c.item.is_draft); },
        nullptr},
    Field{
        "item:IsFromMe",
        "t:IsFromMe",
        all,
        true,
        [](const Context& c) { return flag(is_from_me(c)); },
        nullptr},
    Field{
        "item:IsResend",
        "t:IsResend",
        all,
        true,
        [](const Context&) { return flag(false); },
        nullptr},
    Field{
        "item:IsUnmodified",
        "t:IsUnmodified",
        all,
        true,
        [](const Context& c) { return flag(c.item.changed.empty()); },
        nullptr},
    Field{
        "item:InternetMessageHeaders",
        "",
        all,
        false,
        nullptr,
        [](pugi::xml_node n, const Context& c) { write_headers(n, message_of(c), {}); }},
    Field{
        "item:InternetMessageHeader",
        "",
        asked,
        false,
        nullptr,
        [](pugi::xml_node n, const Context& c) {
            write_headers(n, message_of(c), c.shape.headers);
        }},
    Field{
        "item:DateTimeSent",
        "t:DateTimeSent",
        both,
        true,
        [](const Context& c) { return text(format_time(sent_time(c))); },
        nullptr},
    Field{
        "item:DateTimeCreated",
        "t:DateTimeCreated",
        both,
        true,
        [](const Context& c) { return text(format_time(c.item.created)); },
        nullptr},
    Field{
        "item:DisplayCc",
        "t:DisplayCc",
        all,
        true,
        [](const Context& c) { return display(message_of(c).cc); },
        nullptr},
    Field{
        "item:DisplayTo",
        "t:DisplayTo",
        all,
        true,
        [](const Context& c) { return display(message_of(c).to); },
        nullptr},
    Field{
        "item:HasAttachments",
        "t:HasAttachments",
        both,
        true,
        [](const Context& c) { return flag(!message_of(c).attachments.empty()); },
        nullptr},
    Field{"", "", both, true, nullptr, write_extended},
    Field{
        "item:LastModifiedTime",
        "t:LastModifiedTime",
        all,
        true,
        [](const Context& c) { return text(format_time(c.item.modified)); },
        nullptr},
    Field{
        "item:IsAssociated",
        "t:IsAssociated",
        all,
        true,
        [](const Context&) { return flag(false); },
        nullptr},
    Field{
        "item:ConversationId",
        "",
        all,
        true,
        [](const Context& c) { return text(conversation_id(message_of(c))); },
        write_conversation},
    Field{
        "item:TextBody",
        "",
        asked,
        false,
        nullptr,
        [](pugi::xml_node n, const Context& c) {
            write_body(n, "t:TextBody", message_of(c), "Text");
        }},
};

constexpr std::array message_fields{
    Field{
        "message:Sender",
        "",
        both,
        true,
        [](const Context& c) { return one_address(sender_of(message_of(c))); },
        [](pugi::xml_node n, const Context& c) {
            write_mailbox(n, "t:Sender", sender_of(message_of(c)));
        }},
    Field{
        "message:ToRecipients",
        "",
        both,
        false,
        [](const Context& c) { return addresses(message_of(c).to); },
        [](pugi::xml_node n, const Context& c) {
            write_mailboxes(n, "t:ToRecipients", message_of(c).to);
        }},
    Field{
        "message:CcRecipients",
        "",
        both,
        false,
        [](const Context& c) { return addresses(message_of(c).cc); },
        [](pugi::xml_node n, const Context& c) {
            write_mailboxes(n, "t:CcRecipients", message_of(c).cc);
        }},
    Field{
        "message:BccRecipients",
        "",
        both,
        false,
        [](const Context& c) { return addresses(message_of(c).bcc); },
        [](pugi::xml_node n, const Context& c) {
            write_mailboxes(n, "t:BccRecipients", message_of(c).bcc);
        }},
    Field{
        "message:ConversationTopic",
        "t:ConversationTopic",
        all,
        true,
        [](const Context& c) { return text(conversation_topic(message_of(c))); },
        nullptr},
    Field{
        "message:From",
        "",
        both,
        true,
        [](const Context& c) { return one_address(message_of(c).from); },
        [](pugi::xml_node n, const Context& c) { write_mailbox(n, "t:From", message_of(c).from); }},
    Field{
        "message:InternetMessageId",
        "t:InternetMessageId",
        both,
        true,
        [](const Context& c) { return text(message_of(c).message_id); },
        nullptr},
    Field{
        "message:IsRead",
        "t:IsRead",
        both,
        true,
        [](const Context& c) { return flag(c.item.is_read); },
        nullptr},
    Field{"message:References", "t:References", all, true, references, nullptr},
    Field{
        "message:ReplyTo",
        "",
        all,
        false,
        [](const Context& c) { return addresses(message_of(c).reply_to); },
        [](pugi::xml_node n, const Context& c) {
            write_mailboxes(n, "t:ReplyTo", message_of(c).reply_to);
        }},
};

bool is_wanted(const Field& field, const Shape& shape, Detail detail) {
    if (detail == Detail::find && !field.in_find) return false;
    if (field.uri.empty()) return true;
    if (field.uri == "item:InternetMessageHeader")
        return !shape.headers.empty() && !shape.fields.contains("item:InternetMessageHeaders");
    if (shape.fields.contains(std::string(field.uri))) return true;
    if (shape.base == BaseShape::standard) return (field.given & standard) != 0;
    return shape.base == BaseShape::all && (field.given & all) != 0;
}

template <class Table>
void write_fields(pugi::xml_node node, const Context& context, const Table& table, Detail detail) {
    for (const auto& field : table) {
        if (!is_wanted(field, context.shape, detail)) continue;
        if (field.write != nullptr) {
            field.write(node, context);
        } else if (const auto values = field.read(context); !values.empty()) {
            add_text(node, field.element, values.front());
        }
    }
}

void write_mime(pugi::xml_node node, const Item& item) {
    auto mime = node.append_child("t:MimeContent");
    mime.append_attribute("CharacterSet").set_value("UTF-8");
    mime.text().set(encode_base64(item.content->mime).c_str());
}

}  // namespace

void write_item_id(pugi::xml_node parent, const char* name, const Item& item) {
    auto id = parent.append_child(name);
    add_attribute(id, "Id", item.id);
    add_attribute(id, "ChangeKey", write_change_key('I', item.version));
}

void write_item_id_only(pugi::xml_node parent, const Item& item) {
    write_item_id(parent.append_child(element_of_class(item.item_class)), "t:ItemId", item);
}

void write_item(
    pugi::xml_node parent,
    const Mailbox& mailbox,
    const Item& item,
    const Shape& shape,
    Detail detail
) {
    const auto* const element = element_of_class(item.item_class);
    auto node = parent.append_child(element);
    const Context context{mailbox, item, shape};
    if (shape.mime && detail == Detail::full) write_mime(node, item);
    write_item_id(node, "t:ItemId", item);
    write_fields(node, context, fields, detail);
    if (is_message_element(element)) write_fields(node, context, message_fields, detail);
}

std::vector<std::string> field_values(
    const Mailbox& mailbox, const Item& item, std::string_view uri
) {
    static const Shape no_shape;
    const Context context{mailbox, item, no_shape};
    for (const auto& field : fields)
        if (field.uri == uri && field.read != nullptr) return field.read(context);
    for (const auto& field : message_fields)
        if (field.uri == uri && field.read != nullptr) return field.read(context);
    return {};
}

}  // namespace ews::simulator
