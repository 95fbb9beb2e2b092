// Address lists (RFC 5322 §3.4, with the obsolete forms of §4.4): our own reader, since
// libraries throw or stop at what people type. Total: every text gives a list, in linear time.
#pragma once

#include <string_view>
#include <vector>

#include "mime/message.hpp"

namespace mime {

/// All mailboxes of a field; groups are flattened to their members, their names are dropped.
std::vector<Mailbox> read_addresses(std::string_view field);

}  // namespace mime
