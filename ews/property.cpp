#include "ews/property.hpp"

#include <fmt/format.h>

#include <boost/beast/core/string.hpp>
#include <cstdlib>

#include "ews/xml.hpp"

namespace ews {
namespace {

// GUIDs are written in either case, types and names in one.
bool is_same(const ExtendedField& a, const ExtendedField& b) {
    return a.tag == b.tag && a.name == b.name && a.type == b.type &&
           boost::beast::iequals(a.set, b.set);
}

}  // namespace

ExtendedField state_property() {
    return {std::string(property_set), "MailferryState", 0, "String"};
}

ExtendedField message_flags_property() {
    return {{}, {}, 0x0E07, "Integer"};
}

ExtendedField message_id_property() {
    return {{}, {}, 0x1035, "String"};
}

ExtendedField sender_smtp_property() {
    return {{}, {}, 0x5D01, "String"};
}

ExtendedField from_smtp_property() {
    return {{}, {}, 0x5D02, "String"};
}

void write_field(pugi::xml_node parent, const Field& field) {
    if (const auto* known = std::get_if<FieldUri>(&field)) {
        add_attribute(add(parent, "t:FieldURI"), "FieldURI", known->uri);
        return;
    }
    const auto& extended = std::get<ExtendedField>(field);
    auto node = add(parent, "t:ExtendedFieldURI");
    if (extended.tag != 0) {
        add_attribute(node, "PropertyTag", fmt::format("0x{:04x}", extended.tag));
    } else {
        add_attribute(node, "PropertySetId", extended.set);
        add_attribute(node, "PropertyName", extended.name);
    }
    add_attribute(node, "PropertyType", extended.type);
}

void write_value(pugi::xml_node parent, const ExtendedValue& value) {
    auto node = add(parent, "t:ExtendedProperty");
    write_field(node, value.field);
    const bool is_array = value.field.type.ends_with("Array");
    auto holder = is_array ? add(node, "t:Values") : node;
    for (const auto& one : value.values) add_text(holder, "t:Value", one);
}

ExtendedValue read_value(pugi::xml_node extended_property) {
    const auto uri = child(extended_property, "ExtendedFieldURI");
    ExtendedValue value;
    value.field.set = uri.attribute("PropertySetId").value();
    value.field.name = uri.attribute("PropertyName").value();
    value.field.type = uri.attribute("PropertyType").value();
    // Decimal or hexadecimal, both occur.
    const auto tag = std::strtoul(uri.attribute("PropertyTag").value(), nullptr, 0);
    value.field.tag = static_cast<std::uint16_t>(tag & 0xFFFF);
    const auto values = child(extended_property, "Values");
    for (auto node : elements(values ? values : extended_property, "Value"))
        value.values.push_back(text(node));
    return value;
}

std::vector<ExtendedValue> read_values(pugi::xml_node parent) {
    std::vector<ExtendedValue> values;
    for (auto node : elements(parent, "ExtendedProperty")) values.push_back(read_value(node));
    return values;
}

const std::string* find_value(
    const std::vector<ExtendedValue>& values, const ExtendedField& field
) {
    for (const auto& value : values)
        if (is_same(value.field, field) && !value.values.empty()) return &value.values.front();
    return nullptr;
}

}  // namespace ews
