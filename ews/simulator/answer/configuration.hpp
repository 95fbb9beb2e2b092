// What the operations on user configuration objects have in common: finding the object by folder
// and name.
#pragma once

#include <string>

#include "ews/simulator/call.hpp"

namespace ews::simulator {

struct ConfigurationPlace {
    FolderPlace folder;
    std::string name;
    Configuration* existing;  ///< nullptr if there is none
};

/// `node` is a t:UserConfigurationName.
Outcome<ConfigurationPlace> find_configuration(Call& call, const pugi::xml_node& node);
/// Takes the parts that `node` (m:UserConfiguration) gives; others stay as they are.
void take_parts(const pugi::xml_node& node, Configuration& configuration);

}  // namespace ews::simulator
