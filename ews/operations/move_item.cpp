#include "ews/operations/move_item.hpp"

#include "ews/response.hpp"
#include "ews/xml.hpp"

namespace ews {

void MoveItem::write(pugi::xml_node request) const {
    write_id(add(request, "m:ToFolderId"), to);
    write_ids(request, items);
    // ReturnNewItemIds is left out: Exchange then returns the ids, and grommunio only then.
}

Result<MoveItem::Reply> MoveItem::read(pugi::xml_node response) const {
    return read_batch<std::optional<ItemId>>(response, items.size(), read_new_id);
}

}  // namespace ews
