// What happened in one folder (or to the folder tree), and the sync states that say how far a
// client has seen it. Separate from the mailbox because paging must stay consistent while changes
// go on.
// https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/syncfolderitems-operation
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ews/simulator/refusal.hpp"

namespace ews::simulator {

enum class ChangeKind { created, updated, read_flag, deleted };

struct Change {
    ChangeKind kind = ChangeKind::created;
    std::uint64_t serial = 0;  ///< of the item or folder
};

struct SyncPage {
    std::vector<Change> changes;  ///< newest first, one per item
    std::string state;
    bool last = true;
};

class ChangeLog {
public:
    void record(ChangeKind kind, std::uint64_t serial) { changes_.push_back({kind, serial}); }

    /// The next `max` changes after `state` ("" = from the beginning). `scope` names what is
    /// watched; a state of another scope is ErrorInvalidSyncStateData.
    Outcome<SyncPage> page(std::string_view scope, std::string_view state, std::size_t max) const;

private:
    std::vector<Change> changes_;
};

}  // namespace ews::simulator
