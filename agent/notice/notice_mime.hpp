// A notice as a mail on the wire (RFC 5322), and how one that was sent is known again. Pure;
// separate from the texts, which know nothing of header fields. Used by the senders.
#pragma once

#include <string>
#include <string_view>

#include "agent/notice/notice.hpp"

namespace agent {

/// The whole mail for one recipient: plain text, marked as made by a program so that nobody answers
/// it. Whatever stands in `notice` or the addresses, no header field is added by it.
std::string to_mime(const Notice& notice, const std::string& from, const std::string& to);

/// "<…@domain of the recipient>": the same whenever and however it is sent, so that a repetition is
/// known as one.
std::string message_id(const Notice& notice, std::string_view to);

/// Our mark on the copy in Sent Items; short, whatever the length of the addresses.
std::string sent_mark(const Notice& notice, std::string_view to);

/// `local@domain` without what would change an SMTP command or a header field.
bool is_sendable(std::string_view address);

}  // namespace agent
