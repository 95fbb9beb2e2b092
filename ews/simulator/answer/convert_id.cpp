#include "ews/simulator/answer/convert_id.hpp"

namespace ews::simulator {

namespace {

const Mailbox* owner_of(const Call& call, std::string_view id) {
    for (const auto& mailbox : call.organization.mailboxes())
        if (mailbox->find_item(id) != nullptr || mailbox->find_folder(id) != nullptr)
            return mailbox.get();
    return nullptr;
}

void write_id(Call& call, std::string_view id, const Mailbox& owner) {
    auto node = add_success(call).append_child("m:AlternateId");
    add_attribute(node, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    add_attribute(node, "xsi:type", "t:AlternateIdType");
    add_attribute(node, "Format", "EwsId");
    add_attribute(node, "Id", id);
    add_attribute(node, "Mailbox", owner.address());
}

}  // namespace

void convert_id(Call& call) {
    const std::string_view format = call.request.attribute("DestinationFormat").value();
    for (const auto& source : elements(child(call.request, "SourceIds"))) {
        const auto* const owner = owner_of(call, source.attribute("Id").value());
        const std::string_view from = source.attribute("Format").value();
        if (local_name(source) != "AlternateId" || from != "EwsId" || format != "EwsId") {
            add_error(call, {"ErrorUnsupportedTypeForConversion", "Only EwsId is known here."});
        } else if (owner == nullptr) {
            add_error(call, {"ErrorInvalidIdMalformed", "Id is malformed."});
        } else {
            write_id(call, source.attribute("Id").value(), *owner);
        }
    }
}

}  // namespace ews::simulator
