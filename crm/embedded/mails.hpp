// Archived mails: Archive::store inside the caller's transaction. Bytes (originals, attachments)
// are kept once per SHA-256, however many mails hold them.
#pragma once

#include <chrono>
#include <vector>

#include "crm/archive.hpp"
#include "crm/embedded/database.hpp"
#include "crm/embedded/upload.hpp"

namespace crm::embedded {

/// It is linked to `more` as well. `uploads` are the large contents of this mail, all complete; none where the mail is known
/// already. What is not used of them is taken away.
Result<Stored> store_mail(
    Database& database,
    const NewMail& mail,
    const std::vector<Link>& more,
    const Uploads& uploads,
    std::chrono::sys_seconds now
);

}  // namespace crm::embedded
