#include "agent/brakes.hpp"

#include <algorithm>
#include <functional>
#include <string_view>

#include "agent/limits.hpp"
#include "rules/loop_brake.hpp"

namespace agent {

namespace {

std::size_t hash(std::string_view text) {
    return text.empty() ? 0 : std::hash<std::string_view>{}(text) | 1U;
}

const rules::Addressee* from_of(const rules::Mail& mail) {
    const auto from = std::ranges::find(mail.addressees, rules::Position::from, &rules::Addressee::position);
    return from == mail.addressees.end() ? nullptr : &*from;
}

std::size_t sender(const rules::Mail& mail) {
    const rules::Addressee* from = from_of(mail);
    return from == nullptr ? 0 : hash(from->key);
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

LoopFacts Brakes::facts(const rules::Mail& mail, const rules::LoopBrakes& brakes, Time now) const {
    const rules::Recent seen = recent(mail, brakes.window, now);
    const auto braked = rules::loop_brake(brakes, mail, seen);
    const bool of_sender = braked && braked->option == "per-sender";
    const rules::Addressee* from = from_of(mail);
    LoopFacts facts;
    facts.of = of_sender ? LoopFacts::Of::sender : LoopFacts::Of::thread;
    facts.what = of_sender && from != nullptr ? from->address : mail.subject;
    facts.mails = static_cast<std::size_t>(of_sender ? seen.of_sender : seen.of_thread);
    facts.window = brakes.window;
    facts.first = first(mail, of_sender, brakes.window, now);
    return facts;
}

void Brakes::count(const rules::Mail& mail, std::chrono::minutes window, Time now) {
    entries_.push_back({now, sender(mail), hash(mail.thread)});
    while (entries_.front().when <= now - window || entries_.size() > limits::braked_entries) entries_.pop_front();
}

}  // namespace agent
