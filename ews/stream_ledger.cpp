#include "ews/stream_ledger.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace ews {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// The first loss is nothing: a server that was restarted has forgotten all.
constexpr milliseconds loss_steps[] = {
    milliseconds(0), seconds(5), seconds(30), minutes(2), minutes(10)};
/// Unused subscriptions live for 5 minutes (grommunio) to 30 (Exchange).
constexpr milliseconds expiry_steps[] = {minutes(1), minutes(2), minutes(5), minutes(10)};
/// Of one mailbox; older ones expire by themselves.
constexpr std::size_t most_leftovers = 20;
constexpr double no_spread = 0.5;

using Standing = std::vector<StandingSubscription>;

/// What was removed: one, or none.
Standing strike_out(Standing& list, const SubscriptionId& id) {
    const auto is_it = [&id](const StandingSubscription& one) { return one.id == id; };
    Standing found;
    std::copy_if(list.begin(), list.end(), std::back_inserter(found), is_it);
    std::erase_if(list, is_it);
    return found;
}

}  // namespace

StreamLedger::StreamLedger(StreamPaces paces, Remember remember)
    : paces_(paces), remember_(std::move(remember)) {}

void StreamLedger::hand_in(
    const std::string& mailbox, std::vector<StandingSubscription> leftovers
) {
    auto& list = account(mailbox).leftovers;
    for (StandingSubscription& one : leftovers) list.push_back(std::move(one));
    if (list.size() <= most_leftovers) return;
    list.erase(list.begin(), list.end() - static_cast<std::ptrdiff_t>(most_leftovers));
}

std::vector<StandingSubscription> StreamLedger::leftovers(const std::string& mailbox) const {
    const Account* found = find(mailbox);
    return found == nullptr ? Standing() : found->leftovers;
}

void StreamLedger::subscribed(
    const std::string& mailbox, StandingSubscription subscription, Moment now
) {
    Account& one = account(mailbox);
    one.living.push_back(std::move(subscription));
    one.since = std::max(now, one.not_before);
    one.crowded.reset();
    remember(mailbox);
}

void StreamLedger::given_back(const std::string& mailbox, const SubscriptionId& id) {
    Account& one = account(mailbox);
    strike_out(one.living, id);
    strike_out(one.leftovers, id);
    remember(mailbox);
}

void StreamLedger::left_behind(const std::string& mailbox, const SubscriptionId& id) {
    hand_in(mailbox, strike_out(account(mailbox).living, id));
    remember(mailbox);
}

void StreamLedger::lost(
    const std::string& mailbox, const SubscriptionId& id, const Error& error, Moment now
) {
    Account& one = account(mailbox);
    if (now - one.since >= paces_.forgiven) {
        one.losses = 0;
        one.pauses.reset();
    }
    ++one.losses;
    one.not_before = now + one.pauses.next(no_spread);
    if (error.code == errc::subscription_lost) return given_back(mailbox, id);
    left_behind(mailbox, id);
}

StreamLedger::Moment StreamLedger::not_before(const std::string& mailbox) const {
    const Account* found = find(mailbox);
    return found == nullptr ? Moment() : found->not_before;
}

bool StreamLedger::is_alone(const std::string& mailbox) const {
    const Account* found = find(mailbox);
    return found != nullptr && found->losses >= paces_.losses;
}

Error StreamLedger::wait_for_expiry(const std::string& mailbox, Error error) {
    const auto own = account(mailbox).crowded.next(no_spread);
    if (!error.back_off) error.back_off = own;
    return error;
}

StreamLedger::Account& StreamLedger::account(const std::string& mailbox) {
    const auto found = accounts_.find(mailbox);
    if (found != accounts_.end()) return found->second;
    Account fresh;
    fresh.pauses = http::BackOff(loss_steps);
    fresh.crowded = http::BackOff(expiry_steps);
    return accounts_.emplace(mailbox, std::move(fresh)).first->second;
}

const StreamLedger::Account* StreamLedger::find(const std::string& mailbox) const {
    const auto found = accounts_.find(mailbox);
    return found == accounts_.end() ? nullptr : &found->second;
}

void StreamLedger::remember(const std::string& mailbox) const {
    if (!remember_) return;
    const Account* found = find(mailbox);
    Standing all = found->leftovers;
    all.insert(all.end(), found->living.begin(), found->living.end());
    remember_(mailbox, all);
}

}  // namespace ews
