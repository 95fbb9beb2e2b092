#include "ews/simulator/answer/delete_user_configuration.hpp"

#include "ews/simulator/answer/configuration.hpp"

namespace ews::simulator {

void delete_user_configuration(Call& call) {
    const auto place = find_configuration(call, child(call.request, "UserConfigurationName"));
    if (place.has_error() || place->existing == nullptr) {
        const Refusal missing{"ErrorItemNotFound", "The specified object was not found."};
        add_error(call, place.has_error() ? place.error() : missing);
        return;
    }
    auto& folder = place->folder.mailbox->edit_folder(*place->folder.folder);
    folder.configurations.erase(place->name);
    add_success(call);
}

}  // namespace ews::simulator
