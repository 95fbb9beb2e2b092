// What a mailbox tells about a change. Subscriptions collect events; stream_reply writes them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "ews/simulator/text.hpp"

namespace ews::simulator {

enum class EventKind { created, new_mail, modified, moved, copied, deleted };

/// Who hears of it: a soft delete is a move for those who watch the folder, a deletion for the
/// others.
enum class Audience { everyone, folder_subscriptions, whole_mailbox_subscriptions };

struct Event {
    EventKind kind = EventKind::created;
    bool is_folder = false;
    std::string id;
    std::string parent;
    std::string old_id;                 ///< moved and copied only
    std::string old_parent;             ///< moved and copied only
    std::optional<std::size_t> unread;  ///< folder modified only
    Time time;
    Audience audience = Audience::everyone;
};

using EventSink = std::function<void(const Event&)>;

}  // namespace ews::simulator
