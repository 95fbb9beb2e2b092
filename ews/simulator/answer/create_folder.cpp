#include "ews/simulator/answer/create_folder.hpp"

#include "ews/simulator/extended_field.hpp"
#include "ews/simulator/folder_fields.hpp"

namespace ews::simulator {

namespace {

std::string class_of(const pugi::xml_node& wanted) {
    auto folder_class = child_text(wanted, "FolderClass");
    if (!folder_class.empty()) return folder_class;
    const auto element = local_name(wanted);
    if (element == "CalendarFolder") return "IPF.Appointment";
    if (element == "ContactsFolder") return "IPF.Contact";
    return element == "TasksFolder" ? "IPF.Task" : "IPF.Note";
}

void store_properties(Folder& folder, const pugi::xml_node& wanted) {
    for (const auto& each : elements(wanted)) {
        if (local_name(each) != "ExtendedProperty") continue;
        const auto field = read_extended_field(child(each, "ExtendedFieldURI"));
        if (field) folder.properties[field->key] = read_extended_property(each, *field);
    }
}

}  // namespace

void create_folder(Call& call) {
    for (const auto& wanted : elements(child(call.request, "Folders"))) {
        const auto parent = find_folder_in(call, "ParentFolderId");
        if (parent.has_error()) {
            add_error(call, parent.error(), "m:Folders");
            continue;
        }
        const auto created = parent->mailbox->create_folder(
            *parent->folder, child_text(wanted, "DisplayName"), class_of(wanted)
        );
        if (created.has_error()) {
            add_error(call, created.error(), "m:Folders");
            continue;
        }
        store_properties(parent->mailbox->edit_folder(**created), wanted);
        write_folder_id_only(add_success(call).append_child("m:Folders"), **created);
    }
}

}  // namespace ews::simulator
