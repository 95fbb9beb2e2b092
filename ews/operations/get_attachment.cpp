#include "ews/operations/get_attachment.hpp"

#include <string_view>

#include "ews/base64.hpp"
#include "ews/response.hpp"
#include "ews/xml.hpp"

namespace ews {
namespace {

/// The item in a t:ItemAttachment is its only child that has children of its own, the id apart.
pugi::xml_node attached_item(pugi::xml_node attachment) {
    for (auto node : elements(attachment))
        if (!elements(node).empty() && local_name(node) != "AttachmentId") return node;
    return {};
}

Result<AttachedContent> read_content(pugi::xml_node message) {
    const auto found = elements(child(message, "Attachments"));
    if (found.empty()) return protocol_error("GetAttachment succeeds without an attachment");
    AttachedContent content;
    content.about = read_attachment(found.front());
    if (const auto node = child(found.front(), "Content")) {
        content.bytes = decode_base64(text(node));
        if (!content.bytes) return protocol_error("the content of an attachment is no base64");
    } else if (const auto item = attached_item(found.front())) {
        content.item = read_item(item);
    }
    return content;
}

}  // namespace

void GetAttachment::write(pugi::xml_node request) const {
    auto shape = add(request, "m:AttachmentShape");
    if (mime) add_text(shape, "t:IncludeMimeContent", "true");
    add_text(shape, "t:BodyType", "Best");
    auto ids = add(request, "m:AttachmentIds");
    for (const auto& attachment : attachments)
        add_attribute(add(ids, "t:AttachmentId"), "Id", attachment.id);
}

Result<GetAttachment::Reply> GetAttachment::read(pugi::xml_node response) const {
    return read_batch<AttachedContent>(response, attachments.size(), read_content);
}

}  // namespace ews
