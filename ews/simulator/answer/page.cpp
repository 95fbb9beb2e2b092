#include "ews/simulator/answer/page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ews/simulator/limits.hpp"
#include "ews/simulator/text.hpp"

namespace ews::simulator {

namespace {

std::size_t number(const pugi::xml_node& view, const char* name, std::size_t otherwise) {
    const auto value = parse_number(view.attribute(name).value());
    return value && *value >= 0 ? static_cast<std::size_t>(*value) : otherwise;
}

}  // namespace

Page cut_page(const pugi::xml_node& view, std::size_t total) {
    const auto offset = std::min(number(view, "Offset", 0), total);
    const auto max =
        std::min(number(view, "MaxEntriesReturned", limits::find_page), limits::find_page);
    if (std::string_view(view.attribute("BasePoint").value()) == "End") {
        const auto end = total - offset;
        return {end - std::min(max, end), end, total};
    }
    return {offset, std::min(offset + max, total), total};
}

void write_page(pugi::xml_node root, const Page& page) {
    add_attribute(root, "IndexedPagingOffset", fmt::format("{}", page.end));
    add_attribute(root, "TotalItemsInView", fmt::format("{}", page.total));
    add_attribute(root, "IncludesLastItemInRange", bool_text(page.end == page.total));
}

}  // namespace ews::simulator
