#include "agent/noted_streams.hpp"

#include <utility>

namespace agent {

Result<Leftovers> leftovers_of(Journal& journal, const std::vector<std::string>& mailboxes) {
    const Result<void> kept = journal.keep_subscriptions(mailboxes);
    if (!kept) return kept.error();
    return journal.subscriptions();
}

std::shared_ptr<ews::StreamGroups> noted_streams(
    JournalThread& journal, const Clock& clock, ews::StreamPaces paces
) {
    auto note = [&journal, &clock](
                    const std::string& mailbox, const std::vector<ews::StandingSubscription>& living
                ) {
        std::vector<Subscription> all;
        for (const ews::StandingSubscription& one : living)
            all.push_back({one.id.id, one.anchor, one.server});
        auto write = [mailbox, all = std::move(all), now = clock.now()](Journal& file) {
            file.note_subscriptions(mailbox, all, now);
        };
        journal.post(std::move(write));
    };
    return std::make_shared<ews::StreamGroups>(paces, std::move(note));
}

void hand_in(ews::StreamGroups& streams, Leftovers& leftovers, const std::string& mailbox) {
    const auto found = leftovers.find(mailbox);
    if (found == leftovers.end()) return;
    std::vector<ews::StandingSubscription> left;
    for (const Subscription& one : found->second)
        left.push_back({{one.id}, one.anchor, one.server});
    leftovers.erase(found);
    streams.hand_in(mailbox, std::move(left));
}

}  // namespace agent
