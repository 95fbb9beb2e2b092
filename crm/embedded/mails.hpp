// Archived mails: Archive::store inside the caller's transaction. Bytes (originals, attachments)
// are kept once per SHA-256, however many mails hold them.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "crm/archive.hpp"
#include "crm/embedded/database.hpp"

namespace crm::embedded {

/// In lower-case hex.
std::string sha256(std::string_view bytes);

Result<Stored> store_mail(Database& database, const NewMail& mail, std::chrono::sys_seconds now);

}  // namespace crm::embedded
