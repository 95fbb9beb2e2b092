// How items came into the drop folders of one mailbox, as far as events told: moved, or copied from which item. Told by the
// listener, asked by the worker; what an event did not tell, or a restart forgot, is looked up (Mailbox::original_of).
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "agent/limits.hpp"

namespace agent {

/// How an item came into its folder.
struct Arrival {
    std::string item;
    std::string original;  ///< of which it is a copy; "" where it was moved
    bool operator==(const Arrival&) const = default;
};

class Arrivals {
public:
    void add(const std::vector<Arrival>& arrivals) {
        if (originals_.size() > limits::arrivals) originals_.clear();
        for (const Arrival& one : arrivals) originals_[one.item] = one.original;
    }
    /// Its original, "" for a moved item; nothing where no event told.
    std::optional<std::string> original_of(const std::string& item) const {
        const auto found = originals_.find(item);
        if (found == originals_.end()) return std::nullopt;
        return found->second;
    }
    void forget(const std::string& item) { originals_.erase(item); }

private:
    std::unordered_map<std::string, std::string> originals_;
};

}  // namespace agent
