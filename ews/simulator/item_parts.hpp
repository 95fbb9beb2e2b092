// The compound properties of a mail as elements: body, addresses, headers, attachments. Used by
// item_fields.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ews/simulator/xml.hpp"
#include "mime/message.hpp"

namespace ews::simulator {

/// "t:Message" for "IPM.Note" and what is derived from it …
const char* element_of_class(std::string_view item_class);
/// Whether the element is of a type that extends MessageType.
bool is_message_element(std::string_view element);

void write_body(
    pugi::xml_node parent, const char* name, const mime::Message& message, std::string_view type
);
void write_mailbox(
    pugi::xml_node parent, const char* name, const std::vector<mime::Mailbox>& mailboxes
);
void write_mailboxes(
    pugi::xml_node parent, const char* name, const std::vector<mime::Mailbox>& mailboxes
);
/// Those named in `only`; all if it is empty.
void write_headers(
    pugi::xml_node parent, const mime::Message& message, const std::vector<std::string>& only
);
/// The same for all mails that refer to one first mail.
std::string conversation_id(const mime::Message& message);
/// The subject without its reply and forward prefixes.
std::string conversation_topic(const mime::Message& message);

}  // namespace ews::simulator
