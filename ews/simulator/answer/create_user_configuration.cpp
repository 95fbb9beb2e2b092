#include "ews/simulator/answer/create_user_configuration.hpp"

#include "ews/simulator/answer/configuration.hpp"

namespace ews::simulator {

void create_user_configuration(Call& call) {
    const auto node = child(call.request, "UserConfiguration");
    const auto place = find_configuration(call, child(node, "UserConfigurationName"));
    if (place.has_error() || place->existing != nullptr) {
        const Refusal taken{"ErrorItemSave", "A configuration of that name exists already."};
        add_error(call, place.has_error() ? place.error() : taken);
        return;
    }
    Configuration created;
    created.id = encode_base64(place->folder.folder->id + "|" + place->name);
    take_parts(node, created);
    auto& folder = place->folder.mailbox->edit_folder(*place->folder.folder);
    folder.configurations[place->name] = std::move(created);
    add_success(call);
}

}  // namespace ews::simulator
