#include "ews/operations/create_user_configuration.hpp"

#include "ews/response.hpp"

namespace ews {

void CreateUserConfiguration::write(pugi::xml_node request) const {
    write_configuration(request, configuration);
}

Result<void> CreateUserConfiguration::read(pugi::xml_node response) const {
    return read_single(response);
}

}  // namespace ews
