// A mail put together from what the server tells of an item, where it cannot make MIME of it. Pure;
// agent/fetch_parts asks for the parts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ews/item.hpp"

namespace agent {

/// What is attached, with its content.
struct AttachedFile {
    ews::Attachment about;
    std::string bytes;
    bool is_mail = false;  ///< `bytes` are MIME
};

/// Well-formed (RFC 5322, 2045 to 2047) whatever the parts are. Header fields that came over the
/// wire are taken as they are, so that the mail has the fingerprint it would have had as MIME;
/// those that describe the encoding are new.
std::string compose_mime(const ews::Item& item, const std::vector<AttachedFile>& files);

/// Told of such a mail: in its decision, the queue and the log.
inline constexpr std::string_view put_together =
    "the server could not give the mail as MIME; put together from its parts";

}  // namespace agent
