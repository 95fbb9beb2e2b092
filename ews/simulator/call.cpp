#include "ews/simulator/call.hpp"

namespace ews::simulator {

namespace {

bool may_enter(const Call& call, const Mailbox& mailbox) {
    return call.account.is_service || &mailbox == call.mailbox;
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
    const auto* const folder = mailbox->find_distinguished(node.attribute("Id").value());
    if (folder == nullptr)
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
    for (const auto& mailbox : call.organization.mailboxes())
        if (const auto* const item = mailbox->find_item(id);
            item != nullptr && may_enter(call, *mailbox))
            return ItemPlace{mailbox.get(), item};
    if (!decode_base64(id) || id.empty())
        return Refusal{"ErrorInvalidIdMalformed", "Id is malformed."};
    return Refusal{"ErrorItemNotFound", "The specified object was not found in the store."};
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

Outcome<DeleteType> read_delete_type(const pugi::xml_node& request) {
    const std::string_view type = request.attribute("DeleteType").value();
    if (type == "HardDelete") return DeleteType::hard;
    if (type == "SoftDelete") return DeleteType::soft;
    if (type == "MoveToDeletedItems") return DeleteType::to_deleted_items;
    return Refusal{"ErrorInvalidRequest", "DeleteType is missing."};
}

}  // namespace ews::simulator
