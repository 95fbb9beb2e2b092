// What the server has told of items that are about to be marked, so that marking need not ask once
// more. It may be out of date: whoever writes by it lets the server hold the change key against the
// item. Used by agent/ews_mailbox alone.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agent/marking.hpp"
#include "ews/ids.hpp"
#include "ews/item.hpp"
#include "ews/operations/update_item.hpp"

namespace agent {

struct ItemState {
    ews::ItemId id;  ///< with the change key of that moment
    std::string kind;
    std::vector<std::string> categories;
    std::string mark;  ///< "" where it bears none
    bool operator==(const ItemState&) const = default;
};

ItemState state_as_read(const ews::Item& item);

/// What has to be written so that the item is marked; nothing where it is already.
std::optional<ews::ItemUpdate> update_of(const ItemState& state, const Marking& marking);

class KnownItems {
public:
    using Moment = std::chrono::steady_clock::time_point;

    /// limits::known_items at most; then it begins anew.
    void note(const ews::Item& item, Moment now);
    /// Once: whoever asks is about to change the item. Nothing that is older than
    /// limits::known_for, because there are servers that take any change key.
    std::optional<ItemState> take(const std::string& item, Moment now);

private:
    struct Known {
        ItemState state;
        Moment since;
    };
    std::map<std::string, Known> items_;  ///< by id
};

}  // namespace agent
