#include "agent/known_items.hpp"

#include <utility>

#include "agent/limits.hpp"

namespace agent {

ItemState state_as_read(const ews::Item& item) {
    ItemState state{item.id, item.kind, item.categories, ""};
    if (const std::string* mark = ews::state_of(item)) state.mark = *mark;
    return state;
}

std::optional<ews::ItemUpdate> update_of(const ItemState& state, const Marking& marking) {
    ews::ItemUpdate update;
    update.item = state.id;
    update.kind = state.kind;
    std::vector<std::string> categories = merge(state.categories, marking);
    if (categories != state.categories) update.categories = std::move(categories);
    if (!marking.mark.empty() && state.mark != marking.mark) update.state = marking.mark;
    if (!update.categories && !update.state) return std::nullopt;
    return update;
}

void KnownItems::note(const ews::Item& item, Moment now) {
    if (items_.size() >= limits::known_items) items_.clear();
    items_.insert_or_assign(item.id.id, Known{state_as_read(item), now});
}

std::optional<ItemState> KnownItems::take(const std::string& item, Moment now) {
    auto found = items_.extract(item);
    if (found.empty() || now - found.mapped().since > limits::known_for) return std::nullopt;
    return std::move(found.mapped().state);
}

}  // namespace agent
