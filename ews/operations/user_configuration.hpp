// The value that the three user configuration operations share: a hidden item of a folder that
// holds settings.
#pragma once

#include <pugixml.hpp>
#include <string>

#include "ews/ids.hpp"

namespace ews {

struct UserConfiguration {
    FolderRef folder;
    std::string name;
    std::string xml = {};  ///< content of XmlData, decoded
    bool operator==(const UserConfiguration&) const = default;
};

/// The attributes and folder of m:UserConfigurationName or t:UserConfigurationName.
void write_configuration_name(pugi::xml_node name, const UserConfiguration& configuration);
/// m:UserConfiguration
void write_configuration(pugi::xml_node request, const UserConfiguration& configuration);

}  // namespace ews
