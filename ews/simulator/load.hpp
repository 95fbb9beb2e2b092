// Fills mailboxes from a directory of .eml files (`mailferry-exchange --load`).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ews/simulator/simulator.hpp"

namespace ews::simulator {

/// Files in `directory` go to the Inbox of the first of `mailboxes`; those in
/// <mailbox>/<folder>/ to that folder. Returns the number of mails; what it could not use is told
/// on stderr. Throws std::filesystem::filesystem_error where the directory cannot be read.
std::size_t load(
    Simulator& simulator,
    const std::filesystem::path& directory,
    const std::vector<std::string>& mailboxes
);

}  // namespace ews::simulator
