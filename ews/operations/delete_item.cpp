#include "ews/operations/delete_item.hpp"

#include "ews/response.hpp"
#include "ews/xml.hpp"

namespace ews {

std::string_view to_text(DeleteType type) {
    switch (type) {
        case DeleteType::hard_delete:
            return "HardDelete";
        case DeleteType::soft_delete:
            return "SoftDelete";
        case DeleteType::move_to_deleted_items:
            return "MoveToDeletedItems";
    }
    return "MoveToDeletedItems";
}

void DeleteItem::write(pugi::xml_node request) const {
    add_attribute(request, "DeleteType", to_text(type));
    // Required for calendar items and tasks, which users drop into folders too; no effect on mail.
    add_attribute(request, "SendMeetingCancellations", "SendToNone");
    add_attribute(request, "AffectedTaskOccurrences", "AllOccurrences");
    // Nobody shall learn from us that his mail was deleted unread.
    add_attribute(request, "SuppressReadReceipts", "true");
    write_ids(request, items);
}

Result<DeleteItem::Reply> DeleteItem::read(pugi::xml_node response) const {
    return read_batch(response, items.size());
}

}  // namespace ews
