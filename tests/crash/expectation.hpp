// What must be true when the agent has finished, whatever happened to it: every mail once where it
// belongs, every record once, nothing left over. Looks into the simulator, the CRM and the journal.
#pragma once

#include <string>
#include <vector>

#include "tests/crash/mails.hpp"
#include "tests/crash/office.hpp"

namespace crash {

struct Findings {
    int lost = 0, doubled = 0, wrong = 0;
    std::vector<std::string> lines;

    bool is_empty() const { return lines.empty(); }
    void add(int Findings::*kind, std::string line);
    void add(const Findings& more);
};

/// Where the mails lie, and with which categories; also when the agent runs.
Findings check_mailboxes(const Office& office, const std::vector<Mail>& mails);

/// What the CRM holds. Only when the agent does not run, and its databases were closed or
/// recovered.
Findings check_crm(const Office& office, const std::vector<Mail>& mails);

/// Both databases are sound. The same holds.
Findings check_integrity(const Office& office);

/// Mails that the journal says are not finished. The same holds; throws where it cannot be read.
std::vector<std::string> open_jobs(const Office& office);

/// Inbox and Sent Items have been read to their end once, where the policy wants them. The same
/// holds.
bool has_read_folders(const Office& office);

}  // namespace crash
