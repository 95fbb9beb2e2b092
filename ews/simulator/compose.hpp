// MIME from the properties of CreateItem, and changes to the head of a mail: what Exchange makes on
// the fly of an item that never came as MIME.
#pragma once

#include <string>
#include <string_view>

#include "ews/simulator/text.hpp"
#include "ews/simulator/xml.hpp"

namespace ews::simulator {

/// `message` is a t:Message; `sender` its author where it names none.
std::string compose_mime(const pugi::xml_node& message, std::string_view sender);
/// Sets the first field `name` of the head, or adds it; folded lines of it go. `value` is UTF-8.
std::string replace_header(std::string_view mime, std::string_view name, std::string_view value);
/// RFC 2047 where the text is not ASCII.
std::string encode_header(std::string_view text);
/// RFC 5322 §3.3, in UTC.
std::string mail_date(Time time);
/// Base64 in lines of 76 (RFC 2045 §6.8).
std::string encode_body(std::string_view body);

}  // namespace ews::simulator
