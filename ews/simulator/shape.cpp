#include "ews/simulator/shape.hpp"

#include "ews/simulator/text.hpp"

namespace ews::simulator {

namespace {

BaseShape read_base(std::string_view text) {
    if (text == "Default") return BaseShape::standard;
    return text == "AllProperties" ? BaseShape::all : BaseShape::id_only;
}

void read_additional(const pugi::xml_node& node, Shape& shape) {
    const auto name = local_name(node);
    if (name == "FieldURI") shape.fields.insert(node.attribute("FieldURI").value());
    if (name == "IndexedFieldURI" &&
        std::string_view(node.attribute("FieldURI").value()) == "item:InternetMessageHeader")
        shape.headers.emplace_back(node.attribute("FieldIndex").value());
    if (name != "ExtendedFieldURI") return;
    if (auto field = read_extended_field(node)) shape.extended.push_back(std::move(*field));
}

}  // namespace

Shape read_shape(const pugi::xml_node& node) {
    Shape shape;
    shape.base = read_base(child_text(node, "BaseShape"));
    shape.mime = parse_bool(child_text(node, "IncludeMimeContent")).value_or(false);
    if (const auto type = child_text(node, "BodyType"); !type.empty()) shape.body_type = type;
    for (const auto& each : elements(child(node, "AdditionalProperties")))
        read_additional(each, shape);
    shape.mime |= shape.fields.contains("item:MimeContent");
    return shape;
}

}  // namespace ews::simulator
