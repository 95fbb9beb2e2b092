#include "ews/page.hpp"

#include <fmt/format.h>

#include "ews/xml.hpp"

namespace ews {

void write_page(pugi::xml_node request, const char* view, std::size_t offset, std::size_t page) {
    auto node = add(request, view);
    add_attribute(node, "MaxEntriesReturned", fmt::to_string(page));
    add_attribute(node, "Offset", fmt::to_string(offset));
    add_attribute(node, "BasePoint", "Beginning");
}

Page read_page(pugi::xml_node root_folder, std::size_t reached) {
    Page page;
    page.total = root_folder.attribute("TotalItemsInView").as_ullong();
    const auto last = root_folder.attribute("IncludesLastItemInRange");
    page.is_last = last.empty() || last.as_bool();
    // An offset that does not advance would make the caller ask for ever.
    page.next_offset = root_folder.attribute("IndexedPagingOffset").as_ullong();
    if (page.next_offset < reached) page.next_offset = reached;
    return page;
}

}  // namespace ews
