// The bytes of an attachment as the CRM takes them: decoded while they are read, so that a large
// file never lies in memory as a whole. Used by agent/archive_mail.
#pragma once

#include <cstddef>

#include "agent/mail_bytes.hpp"
#include "crm/content.hpp"
#include "mime/message.hpp"

namespace agent {

/// @param size  of the decoded bytes
/// @param mail  what `file` points into; kept as long as the content is
crm::Content content_of(const mime::Attachment& file, std::size_t size, const MailBytes& mail);

}  // namespace agent
