// Every bound of the agent in one place: sizes it reads, how long it waits, how often it tries.
#pragma once

#include <chrono>
#include <cstddef>

namespace agent::limits {

using namespace std::chrono_literals;

constexpr std::size_t secret_bytes = 4096;
constexpr std::size_t mail_bytes = 200 << 20;  ///< a larger mail is set aside, not read

constexpr int need_rounds = 8;  ///< questions of the engine for one mail; a ninth is a bug

constexpr auto default_settle = 2000ms;  ///< quiet time after the last event before a folder is read
constexpr auto longest_unrest = 10000ms;  ///< a folder that never comes to rest is read nevertheless
constexpr auto unsubscribe_deadline = 5s;
constexpr auto shortest_stream = 1s;  ///< a server that ends streams faster is in trouble: wait, do not spin
constexpr int conflict_tries = 3;     ///< of a write that met another writer, each with what is there now
constexpr auto clock_skew = 15min;  ///< between Exchange and us, where times are all that is left to go by
constexpr auto reconcile_every = 15min;  ///< every folder is read at least this often

/// Waits between the tries of one mail; the last one repeats up to `attempts`.
constexpr std::chrono::seconds retry_waits[] = {5s, 30s, 120s, 3600s};
constexpr auto longest_retry = 24h * 365;  ///< what is due later waits for another policy, not for a time
constexpr int attempts = 50;
constexpr int visible_attempts = 3;  ///< from here on the user sees the failure; before, it may be a hiccup
constexpr int outage_attempts = 3;   ///< all that an outage counts for, however long: it lengthens the wait
constexpr std::chrono::seconds outage_wait = 120s;   ///< at most, while a server or CRM is away as a whole
constexpr std::size_t arrivals = 100'000;  ///< of a mailbox, of which events told and that were not filed yet
constexpr std::size_t observed_items = 50'000;  ///< of a mailbox, whose would-be categories are remembered
constexpr std::size_t listed = 8;  ///< records that a line of the log names
constexpr int looks_for_item = 3;  ///< before a mail that Exchange announced and does not find counts as gone

constexpr auto look_again = 5000ms;    ///< for what another process has put into the journal
constexpr auto shutdown_grace = 5s;  ///< for the step under way and for Unsubscribe

}  // namespace agent::limits
