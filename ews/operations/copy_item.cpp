#include "ews/operations/copy_item.hpp"

#include "ews/response.hpp"
#include "ews/xml.hpp"

namespace ews {

void CopyItem::write(pugi::xml_node request) const {
    write_id(add(request, "m:ToFolderId"), to);
    write_ids(request, items);
    // ReturnNewItemIds is left out: Exchange then returns the ids, and grommunio only then.
}

Result<CopyItem::Reply> CopyItem::read(pugi::xml_node response) const {
    return read_batch<std::optional<ItemId>>(response, items.size(), read_new_id);
}

}  // namespace ews
