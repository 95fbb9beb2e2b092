// Longer than other files: one function a kind of offence, and what they look up in the schema.
#include "rules/reword.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <iterator>

#include "rules/limits.hpp"
#include "rules/suggest.hpp"
#include "rules/xml_value.hpp"

namespace rules {
namespace {

std::string_view local(std::string_view name) {
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool is(const pugi::xml_node& node, std::string_view kind) {
    return local(node.name()) == kind;
}

/// The global type or the local one of a declaration; empty for types of XML Schema itself.
pugi::xml_node type_of(const pugi::xml_node& declaration) {
    for (const auto node : declaration.children())
        if (is(node, "complexType") || is(node, "simpleType")) return node;
    const auto name = local(declaration.attribute("type").value());
    for (const auto node : declaration.root().first_child().children())
        if (!name.empty() && !is(node, "element") && name == node.attribute("name").value())
            return node;
    return {};
}

/// The global attribute group that `reference` names.
pugi::xml_node group_of(const pugi::xml_node& reference) {
    const auto name = local(reference.attribute("ref").value());
    for (const auto node : reference.root().first_child().children("xs:attributeGroup"))
        if (name == node.attribute("name").value()) return node;
    return {};
}

/// Declarations of `kind` within a type, not those of elements inside it.
void collect(
    const pugi::xml_node& type, std::string_view kind, std::vector<pugi::xml_node>& found
) {
    for (const auto node : type.children()) {
        if (is(node, kind)) found.push_back(node);
        if (is(node, "attributeGroup")) collect(group_of(node), kind, found);
        if (!is(node, "element") && !is(node, "attribute")) collect(node, kind, found);
    }
}

/// Every declaration of an element with this name; of those in a `parent` where there are such.
std::vector<pugi::xml_node> declarations(
    const pugi::xml_node& schema, std::string_view element, std::string_view parent
) {
    std::vector<pugi::xml_node> all, inside;
    const auto matches = [&](const pugi::xml_node& node) {
        return is(node, "element") && element == node.attribute("name").value();
    };
    const std::function<void(const pugi::xml_node&)> walk = [&](const pugi::xml_node& node) {
        if (matches(node)) all.push_back(node);
        if (is(node, "element") && parent == node.attribute("name").value()) {
            std::vector<pugi::xml_node> children;
            collect(type_of(node), "element", children);
            std::ranges::copy_if(children, std::back_inserter(inside), matches);
        }
        for (const auto child : node.children()) walk(child);
    };
    walk(schema);
    return inside.empty() ? all : inside;
}

/// What is declared in the types of `element`.
std::vector<pugi::xml_node> declared(
    const pugi::xml_node& schema,
    std::string_view element,
    std::string_view kind,
    std::string_view parent = ""
) {
    std::vector<pugi::xml_node> found;
    for (const auto& node : declarations(schema, element, parent))
        collect(type_of(node), kind, found);
    return found;
}

std::string listed(const std::vector<std::string>& names, std::string_view form) {
    std::vector<std::string> shown;
    for (const auto& name : names) shown.push_back(fmt::format(fmt::runtime(form), name));
    return fmt::format("{}", fmt::join(shown, ", "));
}

/// `; did you mean "blue"?` and what is allowed.
std::string remedy(
    std::string_view written, const std::vector<std::string>& allowed, std::string_view form
) {
    std::string text;
    const auto near = nearest(written, allowed);
    if (!near.empty())
        text += fmt::format("; did you mean {}?", fmt::format(fmt::runtime(form), near));
    if (!allowed.empty())
        text += fmt::format("{} allowed: {}", near.empty() ? ";" : "", listed(allowed, form));
    return text;
}

/// Long values are cut: a message is a line.
std::string quoted(std::string_view value) {
    constexpr std::size_t longest = 60;
    if (value.size() <= longest) return fmt::format("\"{}\"", value);
    auto end = longest;
    while (end > 0 && (value[end] & 0xC0) == 0x80) --end;
    return fmt::format("\"{}…\"", value.substr(0, end));
}

std::string subject(const Finding& finding) {
    if (finding.attribute.empty()) return fmt::format("<{}>", finding.element);
    return fmt::format("{} of <{}>", finding.attribute, finding.element);
}

}  // namespace

Rewording::Rewording(std::string_view xsd) {
    schema_.load_buffer(xsd.data(), xsd.size());
}

std::vector<Rewording::Child> Rewording::children(std::string_view element) const {
    std::vector<Child> list;
    for (const auto node : declared(schema_, element, "element")) {
        const bool optional = std::string_view(node.attribute("minOccurs").as_string("1")) == "0";
        const auto name = node.attribute("name") ? node.attribute("name") : node.attribute("ref");
        list.push_back(
            {std::string(local(name.value())),
             !optional && !is(node.parent(), "choice"),
             node.attribute("maxOccurs").as_int(1)}  // 0 of "unbounded"
        );
    }
    return list;
}

std::vector<std::string> Rewording::attributes(
    std::string_view element, std::string_view parent
) const {
    std::vector<std::string> names;
    for (const auto node : declared(schema_, element, "attribute", parent))
        names.emplace_back(node.attribute("name").value());
    return names;
}

std::vector<std::string> Rewording::enumeration(const Finding& finding) const {
    std::vector<pugi::xml_node> values;
    if (finding.attribute.empty()) {
        values = declared(schema_, finding.element, "enumeration");
    } else {
        for (const auto node : declared(schema_, finding.element, "attribute", finding.parent))
            if (finding.attribute == node.attribute("name").value())
                collect(type_of(node), "enumeration", values);
    }
    std::vector<std::string> words;
    for (const auto node : values) words.emplace_back(node.attribute("value").value());
    return words;
}

/// The simple type of the value; where it is of XML Schema itself, the declaration, which names it.
pugi::xml_node Rewording::value_type(const Finding& finding) const {
    const auto kind = finding.attribute.empty() ? "element" : "attribute";
    const auto& owner = finding.attribute.empty() ? finding.parent : finding.element;
    const auto& name = finding.attribute.empty() ? finding.element : finding.attribute;
    for (const auto node : declared(schema_, owner, kind)) {
        if (name != node.attribute("name").value()) continue;
        const auto type = type_of(node);
        return type ? type : node;
    }
    return {};
}

/// The type of XML Schema that the value is of: "boolean", "unsignedInt" …
std::string Rewording::base_type(const Finding& finding) const {
    const auto type = value_type(finding);
    std::vector<pugi::xml_node> restrictions;
    collect(type, "restriction", restrictions);
    if (restrictions.empty()) return std::string(local(type.attribute("type").value()));
    return std::string(local(restrictions.front().attribute("base").value()));
}

/// What the schema says of the values of a type that has a pattern: "a time from 00:00 to 23:59";
/// "" for others.
std::string Rewording::form(const Finding& finding) const {
    const auto type = value_type(finding);
    std::vector<pugi::xml_node> patterns;
    collect(type, "pattern", patterns);
    if (patterns.empty()) return "";
    auto said = xml_text(type.child("xs:annotation").child_value("xs:documentation"));
    if (said.ends_with('.')) said.pop_back();
    if (!said.empty() && said[0] >= 'A' && said[0] <= 'Z')
        said[0] = static_cast<char>(said[0] - 'A' + 'a');
    return said;
}

std::string Rewording::text(const Finding& finding) const {
    switch (finding.kind) {
        case Finding::Kind::root:
            return root(finding);
        case Finding::Kind::element:
            return unexpected_element(finding);
        case Finding::Kind::missing_child:
            return missing_child(finding);
        case Finding::Kind::attribute:
            return unknown_attribute(finding);
        case Finding::Kind::missing_attribute:
            return fmt::format(
                "<{0}> has no {1}; write <{0} {1}=\"…\">", finding.element, finding.attribute
            );
        case Finding::Kind::text:
            return fmt::format("<{}> holds no text; remove it", finding.element);
        default:
            return wrong_value(finding);
    }
}

std::string Rewording::target_namespace() const {
    return schema_.first_child().attribute("targetNamespace").value();
}

std::string Rewording::root(const Finding& finding) const {
    const auto schema = schema_.first_child();
    std::vector<std::string> names;
    for (const auto node : schema.children())
        if (is(node, "element")) names.emplace_back(node.attribute("name").value());
    return fmt::format(
        "the file begins with <{}>{}; it has to begin with {}",
        finding.element,
        finding.value.empty() ? " without xmlns"
                              : fmt::format(" of xmlns {}", quoted(finding.value)),
        listed(names, "<{} xmlns=\"" + target_namespace() + "\" …>")
    );
}

std::string Rewording::unexpected_element(const Finding& finding) const {
    std::vector<std::string> allowed;
    for (const auto& child : children(finding.parent)) {
        if (child.name == finding.element) {
            const auto written = std::ranges::count(finding.children, child.name);
            if (child.most == 1 && written > 0)
                return fmt::format("<{}> stands here a second time; keep one", child.name);
            if (child.most > 1 && written >= child.most)
                return fmt::format(
                    "<{0}> stands here more than {1} times; keep {1}", child.name, child.most
                );
        }
        allowed.push_back(child.name);
    }
    if (finding.foreign && std::ranges::find(allowed, finding.element) != allowed.end())
        return fmt::format("<{}> is of another namespace; leave out its xmlns", finding.element);
    if (std::ranges::find(allowed, finding.element) != allowed.end()) {
        return fmt::format(
            "<{}> stands in the wrong place; the order in <{}> is {}",
            finding.element,
            finding.parent,
            listed(allowed, "<{}>")
        );
    }
    const auto options = attributes(finding.parent, "");
    if (std::ranges::find(options, finding.element) != options.end()) {
        return fmt::format(
            "{1} of <{0}> is no element; write <{0} {1}=\"…\">", finding.parent, finding.element
        );
    }
    const auto right = elsewhere(finding.element, "element", finding.parent);
    if (allowed.empty()) {
        return fmt::format(
            "<{}> stands in <{}>, which is empty{}", finding.element, finding.parent, right
        );
    }
    return fmt::format("<{}> is unknown in <{}>", finding.element, finding.parent) +
           (right.empty() ? remedy(finding.element, allowed, "<{}>") : right);
}

/// "; it belongs in <policy>": where an element or attribute of that name may stand. "" for none,
/// or for so many that it says nothing. `here` is the element where it may not.
std::string Rewording::elsewhere(
    std::string_view name, std::string_view kind, std::string_view here
) const {
    constexpr std::size_t most = 3;
    std::vector<std::string> owners;
    const std::function<void(const pugi::xml_node&)> walk = [&](const pugi::xml_node& node) {
        if (is(node, "element")) {
            std::vector<pugi::xml_node> inside;
            collect(type_of(node), kind, inside);
            const std::string owner = node.attribute("name").value();
            const bool has = std::ranges::any_of(inside, [&](const pugi::xml_node& one) {
                return name == one.attribute("name").value();
            });
            if (has && owner != here && std::ranges::find(owners, owner) == owners.end())
                owners.push_back(owner);
        }
        for (const auto child : node.children()) walk(child);
    };
    walk(schema_);
    if (owners.empty() || owners.size() > most) return "";
    return fmt::format("; it belongs in {}", listed(owners, "<{}>"));
}

std::string Rewording::missing_child(const Finding& finding) const {
    const auto declared_children = children(finding.element);
    std::vector<std::string> missing, choice;
    for (const auto& child : declared_children) {
        const bool is_written = std::ranges::any_of(finding.children, [&](const std::string& name) {
            const bool is_declared =
                std::ranges::find(declared_children, name, &Child::name) != declared_children.end();
            return name == child.name || (!is_declared && !nearest(name, {child.name}).empty());
        });
        if (!is_written && child.required) missing.push_back(child.name);
        if (!is_written) choice.push_back(child.name);
    }
    if (!missing.empty())
        return fmt::format("<{}> lacks {}", finding.element, listed(missing, "<{}>"));
    if (std::ranges::any_of(declared_children, &Child::required)) return "";
    return fmt::format("<{}> lacks one of {}", finding.element, listed(choice, "<{}>"));
}

std::string Rewording::unknown_attribute(const Finding& finding) const {
    std::vector<std::string> elements;
    for (const auto& child : children(finding.element)) elements.push_back(child.name);
    if (std::ranges::find(elements, finding.attribute) != elements.end()) {
        return fmt::format(
            "{1} of <{0}> is no attribute; write <{1}> inside <{0}>",
            finding.element,
            finding.attribute
        );
    }
    const auto allowed = attributes(finding.element, finding.parent);
    const auto right = elsewhere(finding.attribute, "attribute", finding.element);
    return fmt::format(
        "{} is unknown{}",
        subject(finding),
        !right.empty()   ? right
        : allowed.empty() ? fmt::format("; <{}> has no attributes", finding.element)
                          : remedy(finding.attribute, allowed, "{}")
    );
}

std::string Rewording::wrong_value(const Finding& finding) const {
    const auto about = fmt::format("{} is {}", subject(finding), quoted(finding.value));
    switch (finding.kind) {
        case Finding::Kind::enumeration:
            return about + remedy(finding.value, enumeration(finding), "\"{}\"");
        case Finding::Kind::too_short:
            return subject(finding) + " is empty; write something";
        case Finding::Kind::too_long:
            return fmt::format("{}; it may have {} characters at most", about, finding.limit);
        case Finding::Kind::too_small:
            return fmt::format("{}; the least is {}", about, finding.limit);
        case Finding::Kind::too_great:
            return fmt::format("{}; the most is {}", about, finding.limit);
        default:
            break;
    }
    const auto type = base_type(finding);
    if (type == "boolean") return about + "; write \"true\" or \"false\"";
    if (type.find("nteger") != std::string::npos || type.find("nsigned") != std::string::npos)
        return about + "; write a whole number";
    if (const auto right = form(finding); !right.empty()) return about + "; write " + right;
    return about + ", which is not allowed here";
}

}  // namespace rules
