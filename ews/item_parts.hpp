// What a mail consists of, beside its MIME: body, recipients, headers and the list of its files.
// Asked for where the server cannot make MIME of an item.
#pragma once

#include <cstdint>
#include <pugixml.hpp>
#include <string>
#include <vector>

namespace ews {

struct Correspondent {
    std::string name;
    std::string address;       ///< an X.500 name where routing_type is "EX"
    std::string routing_type;  ///< "SMTP", "EX" …
    bool operator==(const Correspondent&) const = default;
};

/// One of t:InternetMessageHeaders: what came over the wire, unfolded; not there of mails that were
/// sent from the mailbox.
struct Header {
    std::string name, value;
    bool operator==(const Header&) const = default;
};

struct AttachmentId {
    std::string id;
    bool operator==(const AttachmentId&) const = default;
};

/// A file or an item that is attached, without its content.
struct Attachment {
    AttachmentId id;
    std::string kind;  ///< FileAttachment, ItemAttachment, ReferenceAttachment
    std::string name;
    std::string content_type;  ///< as the sender said, often ""
    std::string content_id;    ///< of a picture in HTML
    std::uint64_t size = 0;    ///< bytes, about
    bool is_inline = false;
    bool operator==(const Attachment&) const = default;
};

struct ItemParts {
    std::string body;
    bool is_html = false;  ///< the body
    std::vector<Correspondent> to, cc, bcc, reply_to;
    std::vector<Header> headers;
    std::vector<Attachment> attachments;
    bool operator==(const ItemParts&) const = default;
};

/// Of a t:Sender or t:ToRecipients: the t:Mailbox elements within.
std::vector<Correspondent> read_correspondents(pugi::xml_node holder);
/// A t:FileAttachment or t:ItemAttachment.
Attachment read_attachment(pugi::xml_node node);
ItemParts read_parts(pugi::xml_node item);

}  // namespace ews
