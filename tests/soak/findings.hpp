// What must be true in the end: every mail once where it belongs, every record once in the CRM,
// nothing open in the journal.
#pragma once

#include <string>
#include <vector>

#include "tests/crash/mails.hpp"
#include "tests/soak/site.hpp"

namespace soak {

/// Sentences; none where all is well.
using Findings = std::vector<std::string>;

/// Where the mails lie, and with which categories; also while the agent runs.
Findings check_mailboxes(const Site& site, const std::vector<crash::Mail>& mails);

/// What the CRM holds, and whether its file is sound. Only when the agent has ended.
Findings check_crm(const Site& site, const std::vector<crash::Mail>& mails);

/// Nothing is unfinished, and the file is sound. The same holds.
Findings check_journal(const Site& site);

}  // namespace soak
