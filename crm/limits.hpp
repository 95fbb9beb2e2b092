// Every bound on what crm/ takes in, from mails, CSV files and callers. Beyond them a call is
// refused with the reason; nothing is cut short silently.
#pragma once

#include <chrono>
#include <cstddef>

namespace crm::limits {

inline constexpr std::size_t key = 1'000;               ///< bytes of a key of idempotency
inline constexpr std::size_t text = 64 * 1024;          ///< bytes of a name, address, field
inline constexpr std::size_t body = 64 * 1024 * 1024;   ///< bytes of a text or HTML body
inline constexpr std::size_t blob = 512 * 1024 * 1024;  ///< bytes of an original or attachment
inline constexpr std::size_t addresses = 10'000;        ///< of one mail
inline constexpr std::size_t attachments = 1'000;       ///< of one mail
inline constexpr std::size_t links = 10'000;            ///< of one mail
inline constexpr std::size_t need = 20'000;             ///< addresses and domains, or keys, of one question
inline constexpr std::size_t csv_file = 64 * 1024 * 1024;
inline constexpr std::size_t csv_columns = 100;
inline constexpr std::size_t problems = 100;  ///< reported for one import; the rest is counted
inline constexpr std::size_t group = 64;      ///< writes in one commit
/// Of one file that the embedded CRM keeps beside a mail; the original may be larger.
inline constexpr std::size_t attachment = 25 * 1024 * 1024;
/// A larger content is brought into the embedded CRM in chunks, which small ones get in between.
inline constexpr std::size_t chunked = 1024 * 1024;
inline constexpr std::chrono::milliseconds upload_rest{100};  ///< between two chunks, at most
inline constexpr std::size_t statements = 100;  ///< that a connection keeps prepared
inline constexpr std::size_t log_part = 64 * 1024;  ///< bytes of a log that are copied at once
inline constexpr int busy_wait_ms = 5'000;    ///< how long to wait for another program's lock

}  // namespace crm::limits
