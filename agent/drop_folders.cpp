#include "agent/drop_folders.hpp"

#include <utility>

namespace agent {

std::vector<DropFolder> drop_folders(const rules::Policy& policy) {
    using rules::RecordKind;
    constexpr std::pair<RecordKind, const char*> names[] = {
        {RecordKind::email, "- Create New Email"},
        {RecordKind::opportunity, "- Create New Opportunity"},
        {RecordKind::case_, "- Create New Case"},
        {RecordKind::project, "- Create New Project"},
        {RecordKind::quote, "- Create New Quote"}
    };
    std::vector<DropFolder> folders;
    for (const auto& [kind, name] : names) {
        const bool enabled = kind == RecordKind::email || policy.modules.contains(kind);
        folders.push_back(
            {name,
             {rules::Role::Door::create_new, kind, ""},
             policy.smart_convert.enabled && enabled}
        );
    }
    return folders;
}

}  // namespace agent
