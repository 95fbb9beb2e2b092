#include "ews/simulator/call.hpp"

#include "ews/simulator/grommunio.hpp"

namespace ews::simulator {

namespace {

bool may_enter(const Call& call, const Mailbox& mailbox) {
    return &mailbox == call.mailbox || may_act_for(call.account, mailbox.address());
}

Outcome<FolderPlace> find_distinguished(Call& call, const pugi::xml_node& node) {
    auto* mailbox = call.mailbox;
    if (const auto address = child_text(child(node, "Mailbox"), "EmailAddress"); !address.empty()) {
        mailbox = call.organization.mailbox(address);
        if (mailbox == nullptr)
            return Refusal{"ErrorNonExistentMailbox", "No mailbox with such address."};
    }
    if (mailbox == nullptr)
        return Refusal{"ErrorMissingEmailAddress", "The account has no mailbox of its own."};
    if (!may_enter(call, *mailbox)) return Refusal{"ErrorAccessDenied", "Access is denied."};
    const std::string_view name = node.attribute("Id").value();
    const auto* const folder = mailbox->find_distinguished(name);
    const auto hidden = call.organization.ways.grommunio && is_unknown_to_grommunio(name);
    if (folder == nullptr || hidden)
        return Refusal{"ErrorFolderNotFound", "The specified folder could not be found."};
    return FolderPlace{mailbox, folder};
}

pugi::xml_node add_message(Call& call, const char* response_class) {
    auto message = call.messages.append_child(("m:" + call.operation + "ResponseMessage").c_str());
    message.append_attribute("ResponseClass").set_value(response_class);
    return message;
}

}  // namespace

Outcome<FolderPlace> find_folder(Call& call, const pugi::xml_node& node) {
    if (local_name(node) == "DistinguishedFolderId") return find_distinguished(call, node);
    const std::string_view id = node.attribute("Id").value();
    for (const auto& mailbox : call.organization.mailboxes())
        if (const auto* const folder = mailbox->find_folder(id);
            folder != nullptr && may_enter(call, *mailbox))
            return FolderPlace{mailbox.get(), folder};
    if (!decode_base64(id) || id.empty())
        return Refusal{"ErrorInvalidIdMalformed", "Id is malformed."};
    return Refusal{"ErrorFolderNotFound", "The specified folder could not be found."};
}

Outcome<FolderPlace> find_folder_in(Call& call, std::string_view parent) {
    const auto ids = elements(child(call.request, parent));
    if (ids.empty()) return Refusal{"ErrorInvalidRequest", "No folder is named."};
    return find_folder(call, ids.front());
}

Outcome<ItemPlace> find_item(Call& call, const pugi::xml_node& node) {
    const std::string_view id = node.attribute("Id").value();
    ++call.asked_items;
    for (const auto& mailbox : call.organization.mailboxes()) {
        const auto* const item = mailbox->find_item(id);
        if (item == nullptr || !may_enter(call, *mailbox)) continue;
        if (const auto fault = take_item_fault(call, Stage::item, *item))
            return Refusal{fault->code, "The server cannot do this with the item."};
        return ItemPlace{mailbox.get(), item};
    }
    if (!decode_base64(id) || id.empty())
        return Refusal{"ErrorInvalidIdMalformed", "Id is malformed."};
    return Refusal{"ErrorItemNotFound", "The specified object was not found in the store."};
}

Outcome<void> check_writable(const Folder& folder) {
    if (folder.is_read_only)
        return Refusal{"ErrorAccessDenied", "Access is denied. Check credentials and try again."};
    return {};
}

std::optional<Fault> take_item_fault(Call& call, Stage stage, const Item& item) {
    const ItemAsked asked{call.asked_items, item.content->message.subject};
    return call.organization.faults.take(stage, call.operation, asked);
}

pugi::xml_node add_success(Call& call) {
    auto message = add_message(call, "Success");
    add_text(message, "m:ResponseCode", "NoError");
    return message;
}

pugi::xml_node add_error(Call& call, const Refusal& refusal, const char* payload) {
    auto message = add_message(call, "Error");
    add_text(message, "m:MessageText", refusal.text);
    add_text(message, "m:ResponseCode", refusal.code);
    add_text(message, "m:DescriptiveLinkKey", "0");
    if (*payload != '\0') message.append_child(payload);
    return message;
}

void add_detail(pugi::xml_node message, const char* name, std::string_view value) {
    const auto link = child(message, "DescriptiveLinkKey");
    auto xml = child(message, "MessageXml");
    if (!xml) xml = message.insert_child_after("m:MessageXml", link);
    add_attribute(add_text(xml, "t:Value", value), "Name", name);
}

Outcome<DeleteType> read_delete_type(const pugi::xml_node& request) {
    const std::string_view type = request.attribute("DeleteType").value();
    if (type == "HardDelete") return DeleteType::hard;
    if (type == "SoftDelete") return DeleteType::soft;
    if (type == "MoveToDeletedItems") return DeleteType::to_deleted_items;
    return Refusal{"ErrorInvalidRequest", "DeleteType is missing."};
}

}  // namespace ews::simulator
