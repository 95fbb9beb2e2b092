#include "ews/operations/update_user_configuration.hpp"

#include "ews/response.hpp"

namespace ews {

void UpdateUserConfiguration::write(pugi::xml_node request) const {
    write_configuration(request, configuration);
}

Result<void> UpdateUserConfiguration::read(pugi::xml_node response) const {
    return read_single(response);
}

}  // namespace ews
