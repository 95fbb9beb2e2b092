// What admins are told by mail, as a value: that the mails of a user keep failing, that they no
// longer do, that a loop was broken. Pure; agent/notice/notice_mime makes a mail of it, a Sender
// sends it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "agent/clock.hpp"

namespace agent {

struct Notice {
    std::string key;              ///< the same for the same event after every restart
    std::vector<std::string> to;  ///< addresses; each gets a mail of its own
    std::string subject;
    std::string text;  ///< UTF-8, lines end in \n
    Time date{};
    bool operator==(const Notice&) const = default;
};

/// Whom it concerns, whom to tell, and how to look further.
struct NoticeContext {
    std::string mailbox, policy;
    std::vector<std::string> to;
    std::string config;  ///< path of the configuration, for the commands in the text
    Time date{};         ///< when it was decided to tell; part of the key
};

/// A mail that waits for better times or for an admin.
struct NoticeEntry {
    std::int64_t job = 0;
    std::string role;
    std::string subject;  ///< as in the mail: written by strangers
    std::string why;
    int attempts = 0;
    Time since{};
};

/// Why automatic capture waits.
struct LoopFacts {
    enum class Of { sender, thread };
    Of of = Of::sender;
    std::string what;  ///< the sender's address, or the subject of the thread
    std::size_t mails = 0;
    std::chrono::minutes window{};
    Time first{};  ///< of these mails
};

/// A mailbox that cannot be served as a whole.
struct OutageEntry {
    std::string mailbox, why;
};

/// Of one outage that holds some mailboxes of a policy; `context.mailbox` is one of them.
Notice outage_notice(const NoticeContext& context, const std::vector<OutageEntry>& entries);
/// When the last of them is served again; `told` is when the outage was.
Notice outage_over_notice(const NoticeContext& context, Time told);

/// @param count    outstanding errors; may be more than `entries`
/// @param entries  the oldest first; limits::notice_entries are listed
Notice alarm_notice(
    const NoticeContext& context, std::size_t count, const std::vector<NoticeEntry>& entries
);

/// @param alarmed  when the alarm was told
Notice recovery_notice(const NoticeContext& context, Time alarmed);

/// @param entries  mails that wait, the oldest first; limits::notice_entries are listed
Notice loop_notice(
    const NoticeContext& context, const LoopFacts& facts, const std::vector<NoticeEntry>& entries
);

}  // namespace agent
