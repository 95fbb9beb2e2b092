// Header fields of mails that we write (RFC 5322, 2047, 2231). Pure; used by
// agent/notice/notice_mime and agent/compose_mime. Whatever stands in a value, no field is added by
// it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ews/item_parts.hpp"
#include "ews/xml.hpp"

namespace agent {

/// From ' ' to '~'.
bool is_plain_ascii(std::string_view text);
/// Free text behind a field's name of that length, ": " included; encoded where needed.
std::string header_text(const std::string& raw, std::size_t name_length);
/// RFC 5322 §3.3, in UTC.
std::string mail_date(std::chrono::system_clock::time_point time);

/// A whole field, its line end included. ASCII is folded at its blanks and else left as it is;
/// anything else is taken for free text.
std::string header_field(std::string_view name, const std::string& value);
/// "" for nobody. An X.500 name is wrapped as an address (agent/x500_name).
std::string address_field(std::string_view name, const std::vector<ews::Correspondent>& people);
/// `;\r\n filename="a.pdf"`, or with other letters as RFC 2231 §4 has it.
std::string header_parameter(std::string_view name, const std::string& value);

}  // namespace agent
