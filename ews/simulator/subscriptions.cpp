#include "ews/simulator/subscriptions.hpp"

#include <algorithm>

#include "ews/simulator/identifier.hpp"
#include "ews/simulator/limits.hpp"

namespace ews::simulator {

namespace {

bool wants(const Interest& interest, const Event& event) {
    if (!interest.kinds.contains(event.kind)) return false;
    if (interest.whole_mailbox) return event.audience != Audience::folder_subscriptions;
    if (event.audience == Audience::whole_mailbox_subscriptions) return false;
    return interest.folders.contains(event.parent) || interest.folders.contains(event.old_parent) ||
           (event.is_folder && interest.folders.contains(event.id));
}

/// What gromox tells to those who watch folders: no Moved, Copied, Modified or Deleted of items, no
/// Modified of a folder within.
bool is_told_by_grommunio(const Interest& interest, const Event& event) {
    if (interest.whole_mailbox) return true;
    if (!event.is_folder)
        return event.kind == EventKind::created || event.kind == EventKind::new_mail;
    if (event.kind == EventKind::modified) return interest.folders.contains(event.id);
    return event.kind == EventKind::created || event.kind == EventKind::deleted;
}

}  // namespace

void Subscriptions::limit(std::size_t per_mailbox) {
    limit_ = per_mailbox == 0 ? limits::subscriptions_per_mailbox : per_mailbox;
}

void Subscriptions::behave_as_grommunio() {
    few_events_ = true;
    life_ = limits::grommunio_subscription_life;
}

void Subscriptions::wake() const {
    if (wake_) wake_();
}

void Subscriptions::forget_expired() {
    const auto oldest = now() - life_;
    std::erase_if(subscriptions_, [oldest](const auto& each) {
        return each.second.stream == 0 && each.second.used < oldest;
    });
}

Outcome<std::string> Subscriptions::add(Interest interest) {
    forget_expired();
    const auto same_mailbox =
        std::count_if(subscriptions_.begin(), subscriptions_.end(), [&interest](const auto& each) {
            return each.second.interest.mailbox == interest.mailbox;
        });
    if (static_cast<std::size_t>(same_mailbox) >= limit_)
        return Refusal{"ErrorExceededSubscriptionCount", "The mailbox has too many subscriptions."};
    auto id = write_id(guid_of(lower(interest.mailbox)), 'S', next_++);
    Subscription subscription;
    subscription.interest = std::move(interest);
    subscription.used = now();
    subscriptions_[id] = std::move(subscription);
    return id;
}

Outcome<void> Subscriptions::remove(
    std::string_view account, const std::string& id, unsigned back_end
) {
    const auto found = subscriptions_.find(id);
    if (found == subscriptions_.end() || found->second.interest.back_end != back_end)
        return Refusal{"ErrorSubscriptionNotFound", "The subscription was not found."};
    if (found->second.interest.account != account)
        return Refusal{
            "ErrorSubscriptionAccessDenied", "The subscription belongs to another user."};
    subscriptions_.erase(found);
    wake();
    return {};
}

void Subscriptions::clear() {
    subscriptions_.clear();
    wake();
}

void Subscriptions::publish(const std::string& mailbox, const Event& event) {
    auto anyone = false;
    for (auto& [id, subscription] : subscriptions_) {
        if (subscription.interest.mailbox != mailbox || !wants(subscription.interest, event))
            continue;
        if (few_events_ && !is_told_by_grommunio(subscription.interest, event)) continue;
        anyone = true;
        if (subscription.pending.size() >= limits::pending_events)
            subscription.overflow = true;
        else
            subscription.pending.push_back(event);
    }
    if (anyone) wake();
}

std::vector<std::string> Subscriptions::unknown(
    std::string_view account, const std::vector<std::string>& ids, unsigned back_end
) const {
    std::vector<std::string> result;
    for (const auto& id : ids) {
        const auto found = subscriptions_.find(id);
        if (found == subscriptions_.end() || found->second.interest.account != account ||
            found->second.interest.back_end != back_end)
            result.push_back(id);
    }
    return result;
}

std::uint64_t Subscriptions::attach(const std::vector<std::string>& ids) {
    const auto stream = next_stream_++;
    for (const auto& id : ids)
        if (const auto found = subscriptions_.find(id); found != subscriptions_.end())
            found->second.stream = stream;
    wake();
    return stream;
}

void Subscriptions::detach(const std::vector<std::string>& ids, std::uint64_t stream) {
    for (const auto& id : ids) {
        const auto found = subscriptions_.find(id);
        if (found == subscriptions_.end() || found->second.stream != stream) continue;
        found->second.stream = 0;
        found->second.used = now();
    }
}

bool Subscriptions::is_attached(const std::vector<std::string>& ids, std::uint64_t stream) const {
    return std::all_of(ids.begin(), ids.end(), [&](const auto& id) {
        const auto found = subscriptions_.find(id);
        return found != subscriptions_.end() && found->second.stream == stream;
    });
}

std::size_t Subscriptions::waiting(const std::vector<std::string>& ids) const {
    std::size_t count = 0;
    for (const auto& id : ids)
        if (const auto found = subscriptions_.find(id); found != subscriptions_.end())
            count += found->second.pending.size();
    return count;
}

Outcome<std::vector<EventBatch>> Subscriptions::take(const std::vector<std::string>& ids) {
    std::vector<EventBatch> batches;
    for (const auto& id : ids) {
        const auto found = subscriptions_.find(id);
        if (found == subscriptions_.end()) continue;
        auto& subscription = found->second;
        subscription.used = now();
        if (subscription.overflow)
            return Refusal{"ErrorMissedNotificationEvents", "Events were dropped."};
        if (!subscription.pending.empty())
            batches.emplace_back(id, std::exchange(subscription.pending, {}));
    }
    return batches;
}

}  // namespace ews::simulator
