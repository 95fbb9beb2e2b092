// Every bound of what the EWS client accepts or asks for, in one place; the reason stands beside
// each.
#pragma once

#include <chrono>
#include <cstddef>

namespace ews::limits {

/// SyncFolderItems: MaxChangesReturned is 1 to 512 in the schema.
inline constexpr std::size_t sync_page = 512;
/// Changes that one sync_folder() collects before it hands them over.
inline constexpr std::size_t sync_changes = 8 * sync_page;
/// FindItem, FindFolder: EWSFindCountLimit of Exchange is 1000.
inline constexpr std::size_t find_page = 1000;
/// One envelope of an event stream. Exchange sends a few kilobytes; a flood of events must not fill
/// memory.
inline constexpr std::size_t stream_envelope = 4 * 1024 * 1024;
/// Body of a refused stream request that is read for its fault.
inline constexpr std::size_t refusal_body = 256 * 1024;
/// Subscriptions in one GetStreamingEvents.
inline constexpr std::size_t stream_subscriptions = 200;
/// GetStreamingEvents: ConnectionTimeout is 1 to 30 minutes in the schema.
inline constexpr std::chrono::minutes longest_connection{30};
/// Text of a server's answer that is quoted in an error.
inline constexpr std::size_t quoted_text = 200;
/// XML of the master category list.
inline constexpr std::size_t category_list = 1024 * 1024;
/// After 429 without a time: whoever counts our requests counts by the minute, mostly.
inline constexpr std::chrono::milliseconds rate_limited{std::chrono::minutes{1}};
/// A wait that a server may impose; longer ones are cut, so that a typing error there does not stop
/// us for days.
inline constexpr std::chrono::milliseconds back_off{std::chrono::hours{1}};

}  // namespace ews::limits
