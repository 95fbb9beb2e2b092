#include "ews/simulator/answer/get_attachment.hpp"

#include "ews/simulator/item_fields.hpp"

namespace ews::simulator {

namespace {

Outcome<std::pair<const Item*, std::size_t>> find_attachment(Call& call, std::string_view id) {
    const Refusal missing{
        "ErrorInvalidAttachmentId", "The specified attachment Id is invalid or gone."};
    const auto bytes = decode_base64(id);
    const auto bar = bytes ? bytes->find('|') : std::string::npos;
    if (bar == std::string::npos) return missing;
    pugi::xml_document document;
    auto node = document.append_child("t:ItemId");
    add_attribute(node, "Id", std::string_view(*bytes).substr(0, bar));
    const auto place = find_item(call, node);
    const auto index = parse_number(std::string_view(*bytes).substr(bar + 1));
    if (place.has_error() && place.error().code != "ErrorItemNotFound") return place.error();
    if (place.has_error() || !index || *index < 0) return missing;
    const auto position = static_cast<std::size_t>(*index);
    if (position >= place->item->content->message.attachments.size()) return missing;
    return std::pair{place->item, position};
}

}  // namespace

void get_attachment(Call& call) {
    const auto mime = child_text(child(call.request, "AttachmentShape"), "IncludeMimeContent");
    const auto as = parse_bool(mime).value_or(false) ? AttachedAs::mime : AttachedAs::properties;
    for (const auto& id : elements(child(call.request, "AttachmentIds"))) {
        const auto found = find_attachment(call, id.attribute("Id").value());
        if (found.has_error()) {
            add_error(call, found.error(), "m:Attachments");
            continue;
        }
        auto attachments = add_success(call).append_child("m:Attachments");
        write_attachment(attachments, *found->first, found->second, as);
    }
}

}  // namespace ews::simulator
