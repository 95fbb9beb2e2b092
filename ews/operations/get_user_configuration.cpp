#include "ews/operations/get_user_configuration.hpp"

#include "ews/base64.hpp"
#include "ews/response.hpp"
#include "ews/xml.hpp"

namespace ews {

void GetUserConfiguration::write(pugi::xml_node request) const {
    const UserConfiguration wanted{folder, configuration, {}};
    write_configuration_name(add(request, "m:UserConfigurationName"), wanted);
    add_text(request, "m:UserConfigurationProperties", "XmlData");
}

Result<std::string> GetUserConfiguration::read(pugi::xml_node response) const {
    return read_single<std::string>(response, [](pugi::xml_node message) -> Result<std::string> {
        auto xml = decode_base64(text(path(message, {"UserConfiguration", "XmlData"})));
        if (!xml) return protocol_error("the XmlData of the user configuration is no base64");
        return *std::move(xml);
    });
}

}  // namespace ews
