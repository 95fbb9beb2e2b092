// Paging of FindItem and FindFolder (t:IndexedPageItemView, t:IndexedPageFolderView).
#pragma once

#include <cstddef>

#include "ews/simulator/xml.hpp"

namespace ews::simulator {

struct Page {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t total = 0;
};

/// `view` may be null: then it is the first page, as long as the server gives at all.
Page cut_page(const pugi::xml_node& view, std::size_t total);
/// The attributes of m:RootFolder.
void write_page(pugi::xml_node root, const Page& page);

}  // namespace ews::simulator
