#include "agent/intake.hpp"

#include <chrono>

#include "rules/categories.hpp"

namespace agent {

namespace {

bool is_new(const rules::AutomaticCapture& capture, const ChangedItem& item, const FolderProgress& progress) {
    if (!capture.required_category && !item.created) return false;
    if (!progress.from_start) return true;
    const Time since = std::chrono::floor<std::chrono::seconds>(progress.since);
    return (capture.required_category ? item.modified : item.received) >= since;
}

}  // namespace

std::vector<NewItem> asked_for(
    const rules::Policy& policy,
    const WatchedFolder& folder,
    const std::vector<ChangedItem>& items,
    const FolderProgress& progress
) {
    const rules::AutomaticCapture* capture = rules::capture_of(policy, folder.role);
    std::vector<NewItem> asked;
    for (const ChangedItem& item : items) {
        if (capture != nullptr) {
            const auto carried = rules::carried_categories(policy, item.categories);
            const bool wanted = carried.of_policy || !capture->required_category;
            if (!wanted || !carried.finished.empty() || carried.failed) continue;
            if (!is_new(*capture, item, progress)) continue;
        }
        // Without a category nobody can ask a second time: an item that was done has been done.
        asked.push_back({item.id, capture != nullptr && capture->required_category});
    }
    return asked;
}

}  // namespace agent
