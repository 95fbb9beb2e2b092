// What a policy may not change once the folders of a mailbox have been made by it: the name of its category, which is
// also that of the folder that users know. Changed by a command, which renames the folders, not by an editor.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agent/config.hpp"
#include "agent/error.hpp"
#include "agent/journal.hpp"

namespace agent {

/// errc::permanent, with the policy's file, both names, whom it concerns and the way out; `file` is the path of the
/// configuration, for the command that it names. Policies that are disabled may say what they like.
Result<void> check_frozen(const Config& config, Journal& journal, const std::string& file);

/// The same by the journal that the configuration names, beside a running agent; nothing where there is none yet, or none
/// that can be read.
std::optional<Error> frozen_beside(const Config& config, const std::string& file);

/// The mailboxes whose folders bear another name than their policy says now.
Result<std::vector<std::string>> to_rename(const PolicyConfig& policy, Journal& journal);

}  // namespace agent
