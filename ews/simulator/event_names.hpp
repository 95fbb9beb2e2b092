// The names of events on the wire: "NewMailEvent" and so on.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "ews/simulator/event.hpp"

namespace ews::simulator {

inline constexpr std::array<std::pair<EventKind, const char*>, 6> event_names{{
    {EventKind::created, "CreatedEvent"},
    {EventKind::new_mail, "NewMailEvent"},
    {EventKind::modified, "ModifiedEvent"},
    {EventKind::moved, "MovedEvent"},
    {EventKind::copied, "CopiedEvent"},
    {EventKind::deleted, "DeletedEvent"},
}};

/// Nothing for FreeBusyChangedEvent, which mail never raises, and for unknown names.
constexpr std::optional<EventKind> event_kind(std::string_view name) {
    for (const auto& [kind, known] : event_names)
        if (name == known) return kind;
    return std::nullopt;
}

constexpr const char* event_name(EventKind wanted) {
    for (const auto& [kind, name] : event_names)
        if (kind == wanted) return name;
    return "";
}

}  // namespace ews::simulator
