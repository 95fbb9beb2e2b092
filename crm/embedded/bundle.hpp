// Archive::store_bundle inside the caller's transaction: one commit in place of several.
#pragma once

#include <chrono>

#include "crm/archive.hpp"
#include "crm/embedded/database.hpp"
#include "crm/embedded/upload.hpp"

namespace crm::embedded {

/// `uploads` are those of its mail; @see store_mail. After an error the caller undoes what was
/// done.
Result<StoredBundle> store_bundle(
    Database& database, const Bundle& bundle, const Uploads& uploads, std::chrono::sys_seconds now
);

}  // namespace crm::embedded
