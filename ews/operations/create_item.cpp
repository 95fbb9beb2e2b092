#include "ews/operations/create_item.hpp"

#include "ews/base64.hpp"
#include "ews/property.hpp"
#include "ews/response.hpp"
#include "ews/xml.hpp"

namespace ews {
namespace {

// PidTagMessageFlags: mfRead; without mfUnsent the item is no draft (MS-OXCMSG 2.2.1.6).
ExtendedValue flags_of(const NewItem& item) {
    return {message_flags_property(), {item.is_read ? "1" : "0"}};
}

void write_message(pugi::xml_node items, const NewItem& item, bool received) {
    auto message = add(items, "t:Message");
    auto content = add_text(message, "t:MimeContent", encode_base64(item.mime));
    add_attribute(content, "CharacterSet", "UTF-8");
    if (!item.categories.empty()) {
        auto list = add(message, "t:Categories");
        for (const auto& category : item.categories) add_text(list, "t:String", category);
    }
    if (received) write_value(message, flags_of(item));
    if (item.state) write_value(message, {state_property(), {*item.state}});
    if (received) add_text(message, "t:IsRead", item.is_read ? "true" : "false");
}

}  // namespace

void CreateItem::write(pugi::xml_node request) const {
    add_attribute(request, "MessageDisposition", "SaveOnly");
    write_id(add(request, "m:SavedItemFolderId"), folder);
    auto list = add(request, "m:Items");
    for (const auto& item : items) write_message(list, item, true);
}

Result<CreateItem::Reply> CreateItem::read(pugi::xml_node response) const {
    return read_batch<ItemId>(response, items.size(), [](pugi::xml_node message) {
        return read_one_item_id(message);
    });
}

void SendNewItem::write(pugi::xml_node request) const {
    add_attribute(request, "MessageDisposition", "SendAndSaveCopy");
    write_id(add(request, "m:SavedItemFolderId"), DistinguishedFolder::sentitems);
    auto list = add(request, "m:Items");
    for (const auto& item : items) write_message(list, item, false);
}

Result<SendNewItem::Reply> SendNewItem::read(pugi::xml_node response) const {
    return read_batch(response, items.size());
}

}  // namespace ews
