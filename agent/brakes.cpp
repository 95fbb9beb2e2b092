#include "agent/brakes.hpp"

#include <functional>
#include <string_view>

#include "agent/limits.hpp"

namespace agent {

namespace {

std::size_t hash(std::string_view text) {
    return text.empty() ? 0 : std::hash<std::string_view>{}(text) | 1U;
}

std::size_t sender(const rules::Mail& mail) {
    for (const rules::Addressee& addressee : mail.addressees) {
        if (addressee.position == rules::Position::from) return hash(addressee.key);
    }
    return 0;
}

}  // namespace

rules::Recent Brakes::recent(const rules::Mail& mail, std::chrono::minutes window, Time now) const {
    const std::size_t from = sender(mail), thread = hash(mail.thread);
    rules::Recent recent;
    for (const Entry& entry : entries_) {
        if (entry.when <= now - window || entry.when > now) continue;
        if (from != 0 && entry.sender == from) ++recent.of_sender;
        if (thread != 0 && entry.thread == thread) ++recent.of_thread;
    }
    return recent;
}

Time Brakes::first(
    const rules::Mail& mail, bool of_sender, std::chrono::minutes window, Time now
) const {
    const std::size_t wanted = of_sender ? sender(mail) : hash(mail.thread);
    if (wanted == 0) return now;
    for (const Entry& entry : entries_) {
        if (entry.when <= now - window || entry.when > now) continue;
        if ((of_sender ? entry.sender : entry.thread) == wanted) return entry.when;
    }
    return now;
}

void Brakes::count(const rules::Mail& mail, std::chrono::minutes window, Time now) {
    entries_.push_back({now, sender(mail), hash(mail.thread)});
    while (entries_.front().when <= now - window || entries_.size() > limits::braked_entries) entries_.pop_front();
}

}  // namespace agent
