#include "ews/simulator/answer/item_change.hpp"

#include "ews/simulator/compose.hpp"
#include "ews/simulator/extended_field.hpp"
#include "ews/simulator/item_parts.hpp"

namespace ews::simulator {

namespace {

using Apply = std::function<void(Item&)>;

std::vector<std::string> texts_of(const pugi::xml_node& list) {
    std::vector<std::string> texts;
    for (const auto& each : elements(list)) texts.emplace_back(each.text().get());
    return texts;
}

void set_subject(Item& item, const std::string& subject) {
    item.content = read_content(replace_header(item.content->mime, "Subject", subject));
}

/// PR_MESSAGE_FLAGS carries two flags that EWS shows as IsRead and IsDraft.
void set_property(Item& item, const std::string& key, const Property& property) {
    if (key == keywords_key)
        item.categories = property.values;
    else if (key == "0x0e07") {
        const auto flags =
            property.values.empty() ? 0 : parse_number(property.values[0]).value_or(0);
        item.is_read = (flags & 1) != 0;
        item.is_draft = (flags & 8) != 0;
    } else
        item.properties[key] = property;
}

Outcome<FieldChange> set_extended(const ExtendedField& field, const pugi::xml_node& value) {
    auto property = read_extended_property(child(value, "ExtendedProperty"), field);
    return FieldChange{
        field.key, [key = field.key, property](Item& item) { set_property(item, key, property); }};
}

Outcome<FieldChange> set_plain(const std::string& uri, const pugi::xml_node& value) {
    if (uri == "item:Categories")
        return FieldChange{uri, [list = texts_of(child(value, "Categories"))](Item& item) {
                               item.categories = list;
                           }};
    if (uri == "message:IsRead")
        return FieldChange{uri, [read = parse_bool(child_text(value, "IsRead"))](Item& item) {
                               item.is_read = read.value_or(item.is_read);
                           }};
    if (uri == "item:Importance")
        return FieldChange{
            uri, [text = child_text(value, "Importance")](Item& item) { item.importance = text; }};
    if (uri == "item:Sensitivity")
        return FieldChange{uri, [text = child_text(value, "Sensitivity")](Item& item) {
                               item.sensitivity = text;
                           }};
    if (uri == "item:Subject")
        return FieldChange{
            uri, [text = child_text(value, "Subject")](Item& item) { set_subject(item, text); }};
    return Refusal{"ErrorInvalidPropertySet", "Set action is invalid for property: " + uri};
}

Outcome<FieldChange> delete_field(
    const std::string& uri, const std::optional<ExtendedField>& field
) {
    if (field)
        return FieldChange{field->key, [key = field->key](Item& item) {
                               if (key == keywords_key)
                                   item.categories.clear();
                               else
                                   item.properties.erase(key);
                           }};
    if (uri == "item:Categories")
        return FieldChange{uri, [](Item& item) { item.categories.clear(); }};
    if (uri == "item:Subject") return FieldChange{uri, [](Item& item) { set_subject(item, ""); }};
    return Refusal{
        "ErrorInvalidPropertyDelete", "Delete action is not supported for property: " + uri};
}

Outcome<FieldChange> read_change(const pugi::xml_node& update) {
    const auto kind = local_name(update);
    const auto extended = child(update, "ExtendedFieldURI");
    const auto field = extended ? read_extended_field(extended) : std::nullopt;
    if (extended && !field)
        return Refusal{"ErrorInvalidExtendedProperty", "The extended property is not valid."};
    const std::string uri = child(update, "FieldURI").attribute("FieldURI").value();
    if (kind == "DeleteItemField") return delete_field(uri, field);
    if (kind == "AppendToItemField")
        return Refusal{
            "ErrorInvalidPropertyAppend", "Append action is not supported for this property."};
    const auto parts = elements(update);
    if (parts.size() != 2)
        return Refusal{"ErrorInvalidRequest", "A field and a value belong together."};
    return field ? set_extended(*field, parts.back()) : set_plain(uri, parts.back());
}

}  // namespace

Outcome<std::vector<FieldChange>> read_changes(const pugi::xml_node& updates) {
    std::vector<FieldChange> changes;
    for (const auto& update : elements(updates)) {
        auto change = read_change(update);
        if (change.has_error()) return change.error();
        changes.push_back(std::move(*change));
    }
    return changes;
}

bool is_message_class(std::string_view item_class) {
    return is_message_element(element_of_class(item_class));
}

}  // namespace ews::simulator
