#include "ews/simulator/answer/update_user_configuration.hpp"

#include "ews/simulator/answer/configuration.hpp"

namespace ews::simulator {

void update_user_configuration(Call& call) {
    const auto node = child(call.request, "UserConfiguration");
    const auto place = find_configuration(call, child(node, "UserConfigurationName"));
    if (place.has_error() || place->existing == nullptr) {
        const Refusal missing{"ErrorItemNotFound", "The specified object was not found."};
        add_error(call, place.has_error() ? place.error() : missing);
        return;
    }
    take_parts(node, *place->existing);
    add_success(call);
}

}  // namespace ews::simulator
