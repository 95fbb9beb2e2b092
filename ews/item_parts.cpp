#include "ews/item_parts.hpp"

#include "ews/xml.hpp"

namespace ews {

std::vector<Correspondent> read_correspondents(pugi::xml_node holder) {
    std::vector<Correspondent> found;
    for (auto mailbox : elements(holder, "Mailbox")) {
        found.push_back(
            {text(child(mailbox, "Name")),
             trimmed_text(child(mailbox, "EmailAddress")),
             trimmed_text(child(mailbox, "RoutingType"))}
        );
    }
    return found;
}

Attachment read_attachment(pugi::xml_node node) {
    Attachment attachment;
    attachment.id.id = child(node, "AttachmentId").attribute("Id").value();
    attachment.kind = local_name(node);
    attachment.name = text(child(node, "Name"));
    attachment.content_type = trimmed_text(child(node, "ContentType"));
    attachment.content_id = trimmed_text(child(node, "ContentId"));
    attachment.size = number(child(node, "Size"));
    attachment.is_inline = flag(child(node, "IsInline"));
    return attachment;
}

ItemParts read_parts(pugi::xml_node item) {
    ItemParts parts;
    const auto body = child(item, "Body");
    parts.body = text(body);
    parts.is_html = std::string_view(body.attribute("BodyType").value()) == "HTML";
    parts.to = read_correspondents(child(item, "ToRecipients"));
    parts.cc = read_correspondents(child(item, "CcRecipients"));
    parts.bcc = read_correspondents(child(item, "BccRecipients"));
    parts.reply_to = read_correspondents(child(item, "ReplyTo"));
    for (auto node : elements(child(item, "InternetMessageHeaders"), "InternetMessageHeader"))
        parts.headers.push_back({node.attribute("HeaderName").value(), text(node)});
    for (auto node : elements(child(item, "Attachments")))
        parts.attachments.push_back(read_attachment(node));
    return parts;
}

}  // namespace ews
