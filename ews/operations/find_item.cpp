#include "ews/operations/find_item.hpp"

#include "ews/page.hpp"
#include "ews/response.hpp"

namespace ews {

void FindItem::write(pugi::xml_node request) const {
    add_attribute(request, "Traversal", "Shallow");
    write_shape(request, shape);
    write_page(request, "m:IndexedPageItemView", offset, page);
    if (restriction) write_restriction(request, *restriction);
    if (order) {
        auto node = add(add(request, "m:SortOrder"), "t:FieldOrder");
        add_attribute(node, "Order", order->descending ? "Descending" : "Ascending");
        write_field(node, order->field);
    }
    auto ids = add(request, "m:ParentFolderIds");
    for (const auto& folder : folders) write_id(ids, folder);
}

Result<FindItem::Reply> FindItem::read(pugi::xml_node response) const {
    return read_batch<FoundItems>(response, folders.size(), [&](pugi::xml_node message) {
        const auto root = child(message, "RootFolder");
        FoundItems found;
        found.items = read_items(child(root, "Items"));
        const Page page_of = read_page(root, offset + found.items.size());
        found.next_offset = page_of.next_offset;
        found.total = page_of.total;
        found.is_last = page_of.is_last || found.items.empty();
        return found;
    });
}

}  // namespace ews
