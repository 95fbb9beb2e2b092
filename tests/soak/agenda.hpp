// What is to happen when: mails that arrive, users who act, faults that strike. All of it on the
// one thread of the soak, which lets no two things happen at once.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

namespace soak {

using Steady = std::chrono::steady_clock;

class Agenda {
public:
    void at(Steady::time_point when, std::function<void()> act) {
        entries_.push({when, next_++, std::move(act)});
    }

    /// Does what is due; what is done may enter more.
    void do_what_is_due() {
        while (!entries_.empty() && entries_.top().when <= Steady::now()) {
            const std::function<void()> act = entries_.top().act;
            entries_.pop();
            act();
        }
    }

    bool is_empty() const { return entries_.empty(); }

private:
    struct Entry {
        Steady::time_point when;
        std::uint64_t number = 0;  ///< of two at the same time, the one that was entered first
        std::function<void()> act;
        bool operator<(const Entry& other) const {
            return std::pair(when, number) > std::pair(other.when, other.number);
        }
    };

    std::priority_queue<Entry> entries_;
    std::uint64_t next_ = 0;
};

}  // namespace soak
