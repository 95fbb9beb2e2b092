// Every bound of the simulator. Numbers are those of an Exchange server with default settings where
// it has one (protocol and throttling pages of Microsoft), else chosen so that no test ever meets
// them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace ews::simulator::limits {

inline constexpr std::size_t request_bytes = 67'108'864;  // web.config of Exchange 2016 and later
inline constexpr std::size_t request_header_bytes = 65'536;
inline constexpr std::size_t find_page = 1'000;  // EWSFindCountLimit
inline constexpr std::size_t sync_page = 512;    // schema: MaxSyncChangesReturnedType
inline constexpr std::size_t restriction_depth = 32;
inline constexpr std::size_t subscriptions_per_mailbox = 5'000;  // EWSMaxSubscriptions, on premises
inline constexpr std::size_t subscriptions_per_stream = 200;
inline constexpr std::size_t pending_events = 4'000;  // beyond: ErrorMissedNotificationEvents
inline constexpr int stream_minutes = 30;  // schema: StreamingSubscriptionConnectionTimeoutType
inline constexpr std::size_t folder_name_bytes = 1'024;
inline constexpr std::chrono::minutes subscription_life{30};  // while no stream reads it
inline constexpr std::chrono::minutes grommunio_subscription_life{5};
inline constexpr std::size_t grommunio_body_bytes = 65'536;  // beyond, its connection is of no use
inline constexpr std::chrono::minutes idle_connection{15};
inline constexpr std::size_t script_bytes = 1'048'576;      // of faults
inline constexpr std::int64_t script_number = 100'000'000;  // requests, bytes, milliseconds

}  // namespace ews::simulator::limits
