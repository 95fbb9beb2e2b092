// Counts what automatic capture has taken in one mailbox, by sender and by conversation, within a sliding window: the
// facts behind rules::LoopBrakes. In memory: after a restart the counting begins anew, which lets a loop run a little
// longer and holds no mail.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>

#include "agent/clock.hpp"
#include "agent/notice/notice.hpp"
#include "rules/facts.hpp"
#include "rules/mail.hpp"
#include "rules/policy.hpp"

namespace agent {

class Brakes {
public:
    /// How many were counted within the window before `now` of the mail's sender and conversation. 0 where it has none.
    rules::Recent recent(const rules::Mail& mail, std::chrono::minutes window, Time now) const;
    /// What an admin is told of a mail that a brake holds.
    LoopFacts facts(const rules::Mail& mail, const rules::LoopBrakes& brakes, Time now) const;
    /// The mail was taken. Keeps limits::braked_entries at most.
    void count(const rules::Mail& mail, std::chrono::minutes window, Time now);

private:
    /// When the first of its sender, or else of its conversation, was counted; `now` where there is none.
    Time first(const rules::Mail& mail, bool of_sender, std::chrono::minutes window, Time now) const;

    struct Entry {
        Time when;
        std::size_t sender, thread;  ///< hashes, 0 for none
    };
    std::deque<Entry> entries_;  ///< oldest first
};

}  // namespace agent
