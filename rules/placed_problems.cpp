#include "rules/placed_problems.hpp"

#include <algorithm>
#include <utility>

#include "rules/limits.hpp"

namespace rules {

const XmlElementPlace* PlacedProblems::place(const pugi::xml_node& node) const {
    // pugixml counts from the name, behind the '<'.
    const auto offset = static_cast<std::size_t>(node.offset_debug());
    const auto found =
        std::ranges::lower_bound(places_.elements, offset - 1, {}, &XmlElementPlace::tag);
    return found == places_.elements.end() ? nullptr : &*found;
}

void PlacedProblems::report(std::size_t offset, std::string text) {
    if (problems_.size() >= max_problems) return;
    const auto [line, column] = position(xml_, offset);
    problems_.emplace(offset, Problem{line, column, std::move(text)});
}

void PlacedProblems::report(
    const pugi::xml_node& node, std::string_view attribute, std::string text
) {
    const auto* element = place(node);
    if (element == nullptr) return;
    auto offset = attribute.empty() ? element->content : element->tag;
    for (const auto& [name, at] : element->attributes)
        if (name == attribute) offset = at;
    report(offset, std::move(text));
}

void PlacedProblems::report(const pugi::xml_node& node, std::string text) {
    const auto* element = place(node);
    if (element != nullptr) report(element->tag, std::move(text));
}

int PlacedProblems::line(const pugi::xml_node& node) const {
    const auto* element = place(node);
    return element == nullptr ? 0 : position(xml_, element->tag).line;
}

Problems PlacedProblems::sorted() const {
    Problems sorted;
    for (const auto& [offset, problem] : problems_) sorted.push_back(problem);
    return sorted;
}

}  // namespace rules
