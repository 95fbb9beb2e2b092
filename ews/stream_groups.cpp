#include "ews/stream_groups.hpp"

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <utility>

#include "ews/busy.hpp"
#include "ews/limits.hpp"

namespace ews {
namespace {

using boost::asio::awaitable;

/// Whether the server has it no more, or never lets us have it.
bool is_rid_of(const Result<void>& unsubscribed) {
    if (unsubscribed) return true;
    const errc code = unsubscribed.error().code;
    return code == errc::subscription_lost || code == errc::subscription_denied ||
           code == errc::invalid_id || code == errc::access_denied;
}

/// Of an earlier life: whatever the server says of it is its last word, unless it wants us to wait.
bool is_settled(const Result<void>& unsubscribed) {
    if (is_rid_of(unsubscribed)) return true;
    const Error error = unsubscribed.error();
    return !error.response_code.empty() && !asks_to_wait(error);
}

}  // namespace

StreamMember::StreamMember(
    std::shared_ptr<StreamGroup> group,
    std::shared_ptr<StreamSeat> seat,
    std::shared_ptr<StreamLedger> ledger
)
    : group_(std::move(group)), seat_(std::move(seat)), ledger_(std::move(ledger)) {}

StreamMember::~StreamMember() {
    if (seat_->number == 0) return;
    group_->leave(*seat_);
    ledger_->left_behind(seat_->mailbox, seat_->subscription);
}

awaitable<Result<StreamNews>> StreamMember::next() {
    return seat_->next();
}

void StreamMember::close() {
    seat_->close();
}

awaitable<void> StreamMember::leave() {
    const auto group = group_;
    const auto seat = seat_;
    const auto ledger = ledger_;
    seat->close();
    if (seat->number != 0) {
        group->leave(*seat);
        SubscriptionId subscription = seat->subscription;
        const auto given = co_await group->unsubscribe(seat->client, std::move(subscription));
        if (is_rid_of(given)) {
            ledger->given_back(seat->mailbox, seat->subscription);
        } else {
            ledger->left_behind(seat->mailbox, seat->subscription);
        }
    }
    co_await group->settle();
}

StreamGroups::StreamGroups(StreamPaces paces, StreamLedger::Remember remember)
    : paces_(paces), ledger_(std::make_shared<StreamLedger>(paces, std::move(remember))) {}

void StreamGroups::hand_in(
    const std::string& mailbox, std::vector<StandingSubscription> leftovers
) {
    ledger_->hand_in(mailbox, std::move(leftovers));
}

awaitable<Result<std::unique_ptr<StreamMember>>> StreamGroups::join(
    Client& client, std::vector<FolderId> folders
) {
    const auto executor = co_await boost::asio::this_coro::executor;
    const auto ledger = ledger_;
    const std::string mailbox = mailbox_of(client);
    const auto group = group_for(mailbox, executor);
    const auto place = group->keep_place();
    auto seat = std::make_shared<StreamSeat>(executor, client);
    seat->mailbox = mailbox;
    co_await clear_up(group, client, mailbox);
    const auto not_before = ledger->not_before(mailbox);
    const auto joined = co_await group->join(seat, std::move(folders), not_before);
    if (!joined) {
        Error error = joined.error();
        if (error.code == errc::too_many_subscriptions)
            error = ledger->wait_for_expiry(mailbox, std::move(error));
        co_return error;
    }
    StandingSubscription standing{seat->subscription, seat->anchor, seat->server};
    ledger->subscribed(mailbox, std::move(standing), std::chrono::steady_clock::now());
    auto member = std::make_unique<StreamMember>(group, std::move(seat), ledger);
    co_return member;
}

std::size_t StreamGroups::size() const {
    const auto is_used = [](const Entry& one) { return one.group->size() > 0; };
    return static_cast<std::size_t>(std::count_if(groups_.begin(), groups_.end(), is_used));
}

std::shared_ptr<StreamGroup> StreamGroups::group_for(
    const std::string& mailbox, const boost::asio::any_io_executor& executor
) {
    const bool is_alone = ledger_->is_alone(mailbox);
    for (const Entry& one : groups_) {
        const std::size_t most = is_alone ? 1 : limits::stream_subscriptions;
        if (one.is_for_one == is_alone && one.group->size() < most) return one.group;
    }
    const auto on_lost = [ledger = ledger_](StreamSeat& seat, const Error& error) {
        const auto now = std::chrono::steady_clock::now();
        ledger->lost(seat.mailbox, seat.subscription, error, now);
    };
    auto group = std::make_shared<StreamGroup>(executor, paces_, on_lost);
    groups_.push_back({group, is_alone});
    return group;
}

/// What an earlier life has left counts against the mailbox. It is tried once, and not for long:
/// what expires by itself must not keep a mailbox waiting.
awaitable<void> StreamGroups::clear_up(
    std::shared_ptr<StreamGroup> group, Client& client, std::string mailbox
) {
    using std::chrono::ceil;
    using std::chrono::milliseconds;
    const auto ledger = ledger_;
    const auto end = std::chrono::steady_clock::now() + paces_.clear_up;
    const auto leftovers = ledger->leftovers(mailbox);
    for (const StandingSubscription& one : leftovers) {
        const auto left = ceil<milliseconds>(end - std::chrono::steady_clock::now());
        if (left <= milliseconds(0)) co_return;  // later
        StandingSubscription leftover = one;
        const auto given = co_await group->unsubscribe_leftover(client, std::move(leftover), left);
        if (!is_settled(given)) co_return;  // later
        ledger->given_back(mailbox, one.id);
    }
}

std::string mailbox_of(const Client& client) {
    const ClientOptions& options = client.options();
    return options.anchor_mailbox.empty() ? options.account : options.anchor_mailbox;
}

}  // namespace ews
