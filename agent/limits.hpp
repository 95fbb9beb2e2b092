// Every bound of the agent in one place: sizes it reads, how long it waits, how often it tries.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace agent::limits {

using namespace std::chrono_literals;

constexpr std::size_t secret_bytes = 4096;
constexpr std::size_t mail_bytes = 200 << 20;  ///< a larger mail is set aside, not read
constexpr std::size_t big_mail = 1 << 20;  ///< bytes; a larger one lies in a file, is read on a thread of its own, one at a time
constexpr auto with_turn = 5s;  ///< so long somebody who keeps the other large mails waiting waits at the gate of a server
constexpr std::size_t known_sizes = 10'000;  ///< of large mails of a mailbox, as their folder has told

constexpr int need_rounds = 8;  ///< questions of the engine for one mail; a ninth is a bug

constexpr auto default_scope = "https://outlook.office365.com/.default";  ///< of tokens for EWS online
constexpr auto default_settle = 2000ms;  ///< quiet time after the last event before a folder is read
constexpr auto longest_unrest = 10000ms;  ///< a folder that never comes to rest is read nevertheless
constexpr std::size_t known_items = 100;  ///< of a mailbox, fetched and not marked yet
constexpr std::uint64_t ahead_mail = 64 << 10;     ///< bytes in the store; a mail that has no more is fetched together with others
constexpr std::uint64_t ahead_bytes = 512 << 10;   ///< of them together
constexpr std::size_t ahead_known = 5'000;         ///< of a mailbox whose size is remembered
constexpr std::size_t ahead_items = 10;            ///< in one GetItem with MIME, as Microsoft advises
constexpr auto known_for = 5s;            ///< so long what was fetched is taken for what is there
constexpr int conflict_tries = 3;     ///< of a write that met another writer, each with what is there now
constexpr auto clock_skew = 15min;  ///< between Exchange and us, where times are all that is left to go by
constexpr auto look_for_folders = 15min;  ///< where the policy wants none

/// Defaults of the waits between the tries of one mail: the quick ones, then the later one up to `attempts`.
constexpr std::array<std::chrono::seconds, 3> quick_waits{5s, 30s, 120s};
constexpr std::chrono::seconds later_wait = 3600s;
constexpr int attempts = 50;
constexpr auto longest_retry = 24h * 365;  ///< what is due later waits for another policy, not for a time
constexpr int busy_answers = 3;  ///< about one mail in a row: it is the mail that is bad, not the server that is busy
constexpr int visible_attempts = 3;  ///< from here on the user sees the failure; before, it may be a hiccup
constexpr int outage_attempts = 3;   ///< all that an outage counts for, however long: it lengthens the wait
constexpr std::chrono::seconds outage_wait = 120s;   ///< at most, while a server or CRM is away as a whole
constexpr auto default_keep = std::chrono::days(90);  ///< what is done stays in the journal
constexpr auto prune_every = 1h;
constexpr std::size_t kept_text = 256;  ///< bytes of a field's text that stay in the journal, once the CRM has it
constexpr std::size_t pruned_at_once = 1000;  ///< jobs forgotten in one transaction
constexpr std::int64_t free_pages = 2500;  ///< of the journal, 4 kB each; more, and a quarter of all: it is compacted at start
constexpr auto pending_after = 1000ms;  ///< a mail that takes longer is shown as pending
constexpr int pending_at_once = 50;  ///< mails of a mailbox that wait, shown as pending in one second
constexpr auto clock_jump = 60s;  ///< a job changed that far in the future: the clock was put back
constexpr int withdrawn = 1000;  ///< shown as pending in a mailbox that is not served any more, and taken back
constexpr std::size_t braked_entries = 20'000;  ///< mails that a loop brake remembers, of one mailbox
constexpr std::size_t arrivals = 100'000;  ///< of a mailbox, of which events told and that were not filed yet
constexpr std::size_t observed_items = 50'000;  ///< of a mailbox, whose would-be categories are remembered
constexpr std::size_t told_errors = 50;  ///< of one outage, each told once
constexpr std::size_t listed = 8;  ///< records that a line of the log names
constexpr std::size_t folders_at_once = 50;  ///< searched for a mark in one request
constexpr std::size_t strangers = 50;  ///< people of one mail whose SMTP address the server is asked for
constexpr std::size_t address_book = 10'000;  ///< X.500 names that are remembered; then it begins anew
constexpr std::size_t mail_head = 1 << 20;    ///< bytes of a mail that are searched for X.500 names
constexpr std::size_t composed_bytes = 25 << 20;  ///< of what is attached and the body; it is several times in memory meanwhile
constexpr std::size_t composed_files = 1'000;  ///< of a mail that is put together from its parts
constexpr std::size_t composed_depth = 8;      ///< of mails attached to mails in it
constexpr std::size_t attachments_at_once = 10;         ///< in one GetAttachment
constexpr std::size_t attachment_bytes_at_once = 4 << 20;  ///< in it, unless one alone has more
constexpr int together = 20;         ///< mails of a mailbox that are given back together
constexpr auto together_for = 200ms;  ///< so long the first of them waits for the others
constexpr int looks_for_item = 3;  ///< before a mail that Exchange announced and does not find counts as gone

constexpr auto look_again = 1000ms;  ///< whether another program has written into the journal
constexpr auto look_at_clock = 30s;  ///< of a schedule: the clock may be set, or jump
constexpr auto shutdown_grace = 5s;  ///< for the step under way and for Unsubscribe
constexpr auto suspicious = 60s;     ///< trouble of a mailbox after which Autodiscover is asked whether it has moved
constexpr auto search_turn = 600s;   ///< until a mailbox is looked for: others of its domain come first
constexpr auto search_failed = 60s;  ///< so long what failed for one mailbox is not tried for others of its domain
constexpr std::size_t searches_at_once = 8;  ///< by Autodiscover, of one exchange
constexpr auto last_turn = 1s;       ///< so long a request waits for its turn at a server while we stop

// Notices to admins.
constexpr auto look_for_errors = 1s;
constexpr auto cycle_in_vain = 1min;  ///< so long a mailbox that cannot be served counts as one error
constexpr std::array<std::chrono::seconds, 4> notice_waits{30s, 120s, 600s, 3600s};  ///< the last one again and again
constexpr std::size_t notice_entries = 20;   ///< mails that one lists
constexpr std::size_t notice_subject = 100;  ///< columns of a subject in it
constexpr std::size_t notice_why = 500;      ///< columns of a reason in it
constexpr std::size_t address_bytes = 254;   ///< RFC 5321 §4.5.3.1.3, less the brackets
constexpr std::chrono::milliseconds notice_deadline = 60s;       ///< for one mail, by EWS or SMTP
constexpr std::chrono::milliseconds smtp_connect_deadline = 10s;
constexpr std::size_t smtp_reply_bytes = 2000;  ///< of what a server says, kept for the admin

}  // namespace agent::limits
