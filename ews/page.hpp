// Paging as FindItem and FindFolder share it: a view by offset in the request, and where it ended
// in the reply.
// https://learn.microsoft.com/exchange/client-developer/web-service-reference/indexedpageitemview
#pragma once

#include <cstddef>
#include <pugixml.hpp>

namespace ews {

struct Page {
    std::size_t next_offset = 0;
    std::size_t total = 0;
    bool is_last = true;
};

void write_page(pugi::xml_node request, const char* view, std::size_t offset, std::size_t page);
/// `reached` is the next offset by our own count, for servers that do not tell.
Page read_page(pugi::xml_node root_folder, std::size_t reached);

}  // namespace ews
