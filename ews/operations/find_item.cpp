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
    write_id(add(request, "m:ParentFolderIds"), folder);
}

Result<FoundItems> FindItem::read(pugi::xml_node response) const {
    return read_single<FoundItems>(response, [&](pugi::xml_node message) {
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
