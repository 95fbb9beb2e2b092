// Whether the account may do in a mailbox what the agent has to do there, in words for `check --connect`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ews/folder.hpp"

namespace agent {

/// A folder and what the agent has to do in it.
struct NeededRights {
    enum class Place {
        top,     ///< of the mailbox: make folders
        home,    ///< Inbox, Sent Items: read, put mails back, mark and purge them
        watched  ///< a drop folder: read, mark, take mails out
    };
    std::string folder;  ///< its name
    Place place = Place::home;
    std::optional<ews::EffectiveRights> rights;  ///< nothing where the server does not tell
};

/// What it may not do, a phrase for each folder; empty where all is well as far as the server tells.
std::vector<std::string> missing_rights(const std::vector<NeededRights>& folders);

}  // namespace agent
