// What no CRM of this folder takes: keys, texts and files beyond crm/limits. Apart from the
// connectors because a dry run must refuse what the real one would.
#pragma once

#include <optional>

#include "crm/archive.hpp"

namespace crm {

/// `refused` with the reason; nothing where all is within its bounds.
std::optional<Error> excess(const NewRecord& record);
std::optional<Error> excess(const NewMail& mail);

}  // namespace crm
