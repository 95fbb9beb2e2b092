#include "ews/operations/get_item.hpp"

#include "ews/response.hpp"

namespace ews {
namespace {

Result<Item> read_message(pugi::xml_node message) {
    const auto found = elements(child(message, "Items"));
    if (found.empty()) return protocol_error("GetItem succeeds without an item");
    return read_item(found.front());
}

}  // namespace

void GetItem::write(pugi::xml_node request) const {
    write_shape(request, shape);
    write_ids(request, items);
}

Result<GetItem::Reply> GetItem::read(pugi::xml_node response) const {
    return read_batch<Item>(response, items.size(), read_message);
}

}  // namespace ews
