#include "ews/simulator/item_fields.hpp"

#include "ews/simulator/identifier.hpp"
#include "ews/simulator/item_parts.hpp"
#include "ews/simulator/item_table.hpp"

namespace ews::simulator {

namespace {

bool is_wanted(const ItemField& field, const Shape& shape, Detail detail) {
    if (detail == Detail::find && !field.in_find) return false;
    if (field.uri.empty()) return true;
    if (field.uri == "item:InternetMessageHeader")
        return !shape.headers.empty() && shape.base != BaseShape::all &&
               !shape.fields.contains("item:InternetMessageHeaders");
    if (shape.fields.contains(std::string(field.uri))) return true;
    if (shape.base == BaseShape::standard) return (field.given & standard) != 0;
    return shape.base == BaseShape::all && (field.given & all) != 0;
}

void write_fields(
    pugi::xml_node node, const ItemContext& context, std::span<const ItemField> table, Detail detail
) {
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
    const ItemContext context{mailbox, item, shape};
    if (shape.mime && detail == Detail::full) write_mime(node, item);
    write_item_id(node, "t:ItemId", item);
    write_fields(node, context, item_table(), detail);
    if (is_message_element(element)) write_fields(node, context, message_table(), detail);
}

std::vector<std::string> field_values(
    const Mailbox& mailbox, const Item& item, std::string_view uri
) {
    static const Shape no_shape;
    const ItemContext context{mailbox, item, no_shape};
    for (const auto& table : {item_table(), message_table()})
        for (const auto& field : table)
            if (field.uri == uri && field.read != nullptr) return field.read(context);
    return {};
}

}  // namespace ews::simulator
