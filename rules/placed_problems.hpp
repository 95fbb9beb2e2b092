// Problems that are found in the elements of an XML text, each with its place: pugixml knows none
// of attributes. Used by check_policy and the parts that it is made of.
#pragma once

#include <cstddef>
#include <map>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "rules/error.hpp"
#include "rules/xml_places.hpp"

namespace rules {

class PlacedProblems {
public:
    /// `xml`, which nodes are of, must outlive this.
    explicit PlacedProblems(std::string_view xml) : xml_(xml), places_(find_places(xml)) {}

    /// At the attribute, at the element's tag where it is not written, or at the element's content
    /// where `attribute` is "".
    void report(const pugi::xml_node& node, std::string_view attribute, std::string text);
    /// At the element's tag.
    void report(const pugi::xml_node& node, std::string text);
    /// Of the element's tag; 0 where it is unknown.
    int line(const pugi::xml_node& node) const;
    /// In order of place, max_problems at most.
    Problems sorted() const;

private:
    const XmlElementPlace* place(const pugi::xml_node& node) const;
    void report(std::size_t offset, std::string text);

    std::string_view xml_;
    XmlPlaces places_;
    std::multimap<std::size_t, Problem> problems_;  ///< by offset
};

}  // namespace rules
