// The folders of a policy: which there shall be, what they are called, and what dropping a mail into each one
// means. Pure; agent/ews_mailbox makes the mailbox agree.
#pragma once

#include <string>
#include <vector>

#include "rules/policy.hpp"
#include "rules/vocabulary.hpp"

namespace agent {

struct DropFolder {
    std::string name;  ///< "- Create New Opportunity"
    rules::Role role;
    bool wanted = false;  ///< not wanted: removed where it exists and is empty
    bool operator==(const DropFolder&) const = default;
};

/// One for each kind that a policy may name; children of the master folder, which is named as the category.
std::vector<DropFolder> drop_folders(const rules::Policy& policy);

}  // namespace agent
