// What a schema finds wrong, in the words of an admin: the element or attribute, what is wrong with
// it, what would be right. Knows the schema, not libxml2. Used by schema.cpp.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace rules {

/// One offence against a schema.
struct Finding {
    enum class Kind {
        root,               ///< the root element is another one
        element,            ///< an element where the schema has none
        missing_child,      ///< `element` lacks a child
        attribute,          ///< an attribute that the schema does not have
        missing_attribute,  ///< `attribute` is required
        text,               ///< text in an element that has none
        enumeration,        ///< `value` is none of the list
        too_short,
        too_long,
        too_small,
        too_great,
        value  ///< not of the type, or without its pattern
    };
    Kind kind = Kind::value;
    std::string element, attribute,
        value;  ///< local names; attribute is "" for an element's own text
    std::string parent;
    /// Of `element` for missing_child, also those that should not be there; before it for
    /// `element`.
    std::vector<std::string> children;
    std::string limit;      ///< of the facet that is not met
    bool foreign = false;   ///< the element is of another namespace than the schema's
};

class Rewording {
public:
    explicit Rewording(std::string_view xsd);
    /// "" where another finding says it better.
    std::string text(const Finding& finding) const;
    std::string target_namespace() const;

private:
    struct Child {
        std::string name;
        bool required = false;
        int most = 1;  ///< times that it may stand there; 0 is any number
    };
    std::vector<Child> children(std::string_view element) const;
    /// Of `element` where it stands in `parent`; "" for anywhere.
    std::vector<std::string> attributes(std::string_view element, std::string_view parent) const;
    std::vector<std::string> enumeration(const Finding& finding) const;
    pugi::xml_node value_type(const Finding& finding) const;
    std::string base_type(const Finding& finding) const;
    std::string form(const Finding& finding) const;
    std::string elsewhere(
        std::string_view name, std::string_view kind, std::string_view here
    ) const;
    std::string root(const Finding& finding) const;
    std::string unexpected_element(const Finding& finding) const;
    std::string missing_child(const Finding& finding) const;
    std::string unknown_attribute(const Finding& finding) const;
    std::string wrong_value(const Finding& finding) const;

    pugi::xml_document schema_;
};

}  // namespace rules
