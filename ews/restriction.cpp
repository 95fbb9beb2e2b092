#include "ews/restriction.hpp"

#include "ews/xml.hpp"

namespace ews {
namespace {

using Kind = Restriction::Kind;

void write_constant(pugi::xml_node parent, const std::string& text) {
    add_attribute(add(parent, "t:Constant"), "Value", text);
}

void write_contains(pugi::xml_node parent, const Restriction& restriction, const char* mode) {
    auto node = add(parent, "t:Contains");
    add_attribute(node, "ContainmentMode", mode);
    add_attribute(node, "ContainmentComparison", "IgnoreCase");
    write_field(node, restriction.field);
    write_constant(node, restriction.text);
}

void write_part(pugi::xml_node parent, const Restriction& restriction) {
    switch (restriction.kind) {
        case Kind::exists:
            write_field(add(parent, "t:Exists"), restriction.field);
            return;
        case Kind::is_equal_to: {
            auto node = add(parent, "t:IsEqualTo");
            write_field(node, restriction.field);
            write_constant(add(node, "t:FieldURIOrConstant"), restriction.text);
            return;
        }
        case Kind::starts_with:
            write_contains(parent, restriction, "Prefixed");
            return;
        case Kind::contains:
            write_contains(parent, restriction, "Substring");
            return;
        case Kind::negation:
            write_part(add(parent, "t:Not"), restriction.parts.front());
            return;
        case Kind::all: {
            auto node = add(parent, "t:And");
            for (const auto& part : restriction.parts) write_part(node, part);
            return;
        }
    }
}

}  // namespace

Restriction exists(Field field) {
    return {Kind::exists, std::move(field), {}, {}};
}

Restriction is_equal_to(Field field, std::string text) {
    return {Kind::is_equal_to, std::move(field), std::move(text), {}};
}

Restriction starts_with(Field field, std::string text) {
    return {Kind::starts_with, std::move(field), std::move(text), {}};
}

Restriction contains(Field field, std::string text) {
    return {Kind::contains, std::move(field), std::move(text), {}};
}

Restriction negate(Restriction part) {
    Restriction whole{Kind::negation, {}, {}, {}};
    whole.parts.push_back(std::move(part));
    return whole;
}

Restriction all_of(std::vector<Restriction> parts) {
    return {Kind::all, {}, {}, std::move(parts)};
}

void write_restriction(pugi::xml_node request, const Restriction& restriction) {
    write_part(add(request, "m:Restriction"), restriction);
}

}  // namespace ews
