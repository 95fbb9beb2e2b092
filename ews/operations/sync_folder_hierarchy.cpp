#include "ews/operations/sync_folder_hierarchy.hpp"

#include "ews/response.hpp"
#include "ews/xml.hpp"

namespace ews {
namespace {

using Kind = FolderChange::Kind;

std::vector<FolderChange> read_changes(pugi::xml_node changes) {
    std::vector<FolderChange> found;
    for (auto node : elements(changes)) {
        const auto what = local_name(node);
        if (what == "Delete") {
            FolderChange change{Kind::deleted, {}};
            change.folder.id = read_folder_id(child(node, "FolderId"));
            found.push_back(std::move(change));
            continue;
        }
        if (what != "Create" && what != "Update") continue;
        for (auto& folder : read_folders(node))
            found.push_back({what == "Create" ? Kind::created : Kind::updated, std::move(folder)});
    }
    return found;
}

}  // namespace

void SyncFolderHierarchy::write(pugi::xml_node request) const {
    write_shape(request, shape);
    write_id(add(request, "m:SyncFolderId"), root);
    if (!state.state.empty()) add_text(request, "m:SyncState", state.state);
}

Result<HierarchyChanges> SyncFolderHierarchy::read(pugi::xml_node response) const {
    return read_single<HierarchyChanges>(
        response,
        [](pugi::xml_node message) -> Result<HierarchyChanges> {
            const auto state_node = child(message, "SyncState");
            if (!state_node)
                return protocol_error("SyncFolderHierarchy answers without a SyncState");
            const auto last = child(message, "IncludesLastFolderInRange");
            return HierarchyChanges{
                read_changes(child(message, "Changes")),
                {trimmed_text(state_node)},
                !last || flag(last)};
        }
    );
}

}  // namespace ews
