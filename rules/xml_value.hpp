// Values of attributes and elements as XML Schema's xs:token reads them: pugixml does not collapse
// white space. Used by read_policy and check_policy.
#pragma once

#include <cstdlib>
#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace rules {

/// Outer white space removed, inner runs of it one space.
inline std::string xml_text(std::string_view value) {
    std::string text;
    for (const char c : value) {
        const bool is_space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
        if (!is_space)
            text += c;
        else if (!text.empty() && text.back() != ' ')
            text += ' ';
    }
    if (text.ends_with(' ')) text.pop_back();
    return text;
}

/// "true" or "false", as the schema has made sure; `otherwise` where the attribute is absent.
inline bool xml_switch(const pugi::xml_node& node, const char* attribute, bool otherwise) {
    const auto value = node.attribute(attribute);
    return value ? xml_text(value.value()) == "true" : otherwise;
}

/// A whole number within the bounds of an int, as the schema has made sure; `otherwise` where the
/// attribute is absent.
inline int xml_number(const pugi::xml_node& node, const char* attribute, int otherwise) {
    const auto value = node.attribute(attribute);
    constexpr int decimal = 10;
    if (!value) return otherwise;
    return static_cast<int>(std::strtol(xml_text(value.value()).c_str(), nullptr, decimal));
}

}  // namespace rules
