#include "ews/simulator/answer/get_user_configuration.hpp"

#include "ews/simulator/answer/configuration.hpp"
#include "ews/simulator/folder_fields.hpp"

namespace ews::simulator {

void get_user_configuration(Call& call) {
    const auto place = find_configuration(call, child(call.request, "UserConfigurationName"));
    if (place.has_error() || place->existing == nullptr) {
        const Refusal missing{"ErrorItemNotFound", "The specified object was not found."};
        add_error(call, place.has_error() ? place.error() : missing);
        return;
    }
    const auto asked = child_text(call.request, "UserConfigurationProperties");
    const auto wants = [&asked](std::string_view part) {
        return asked.find("All") != std::string::npos || asked.find(part) != std::string::npos;
    };
    const auto& found = *place->existing;
    auto node = add_success(call).append_child("m:UserConfiguration");
    auto name = node.append_child("t:UserConfigurationName");
    add_attribute(name, "Name", place->name);
    write_folder_id(name, "t:FolderId", *place->folder.folder);
    if (wants("Id")) add_attribute(node.append_child("t:ItemId"), "Id", found.id);
    if (wants("Dictionary")) {
        const auto xml = "<t:Dictionary>" + found.dictionary + "</t:Dictionary>";
        node.append_buffer(
            xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata_single
        );
    }
    if (wants("XmlData") && !found.xml_data.empty()) add_text(node, "t:XmlData", found.xml_data);
    if (wants("BinaryData") && !found.binary_data.empty())
        add_text(node, "t:BinaryData", found.binary_data);
}

}  // namespace ews::simulator
