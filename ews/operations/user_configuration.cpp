#include "ews/operations/user_configuration.hpp"

#include "ews/base64.hpp"
#include "ews/xml.hpp"

namespace ews {

void write_configuration_name(pugi::xml_node name, const UserConfiguration& configuration) {
    add_attribute(name, "Name", configuration.name);
    write_id(name, configuration.folder);
}

void write_configuration(pugi::xml_node request, const UserConfiguration& configuration) {
    auto node = add(request, "m:UserConfiguration");
    write_configuration_name(add(node, "t:UserConfigurationName"), configuration);
    add_text(node, "t:XmlData", encode_base64(configuration.xml));
}

}  // namespace ews
