#include "ews/simulator/answer/find_folder.hpp"

#include "ews/simulator/answer/page.hpp"
#include "ews/simulator/extended_field.hpp"
#include "ews/simulator/folder_fields.hpp"
#include "ews/simulator/restriction.hpp"

namespace ews::simulator {

namespace {

std::vector<std::string> read_field(
    const Mailbox& mailbox, const Folder& folder, const pugi::xml_node& path
) {
    if (local_name(path) == "FieldURI")
        return field_values(mailbox, folder, path.attribute("FieldURI").value());
    const auto field = read_extended_field(path);
    return field ? extended_values(folder, field->key) : std::vector<std::string>{};
}

Outcome<std::vector<const Folder*>> search(Call& call, const FolderPlace& parent) {
    const std::string_view traversal = call.request.attribute("Traversal").value();
    const auto all = elements(child(call.request, "Restriction"));
    const auto expression = all.empty() ? pugi::xml_node{} : all.front();
    std::vector<const Folder*> found;
    if (traversal == "SoftDeleted") return found;
    for (const auto* folder : parent.mailbox->folders_below(*parent.folder, traversal == "Deep")) {
        const auto fits = meets(expression, [&](const pugi::xml_node& path) {
            return read_field(*parent.mailbox, *folder, path);
        });
        if (fits.has_error()) return fits.error();
        if (*fits) found.push_back(folder);
    }
    return found;
}

}  // namespace

void find_folder(Call& call) {
    const auto shape = read_shape(child(call.request, "FolderShape"));
    for (const auto& id : elements(child(call.request, "ParentFolderIds"))) {
        const auto parent = find_folder(call, id);
        if (parent.has_error()) {
            add_error(call, parent.error());
            continue;
        }
        const auto found = search(call, *parent);
        if (found.has_error()) {
            add_error(call, found.error());
            continue;
        }
        const auto page = cut_page(child(call.request, "IndexedPageFolderView"), found->size());
        auto root = add_success(call).append_child("m:RootFolder");
        write_page(root, page);
        auto folders = root.append_child("t:Folders");
        for (auto at = page.begin; at < page.end; ++at)
            write_folder(folders, *parent->mailbox, *(*found)[at], shape);
    }
}

}  // namespace ews::simulator
