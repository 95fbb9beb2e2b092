// One event stream for up to 200 mailboxes of one server and login: subscribes for them, keeps the
// stream open for all who are there, hands each its events. Does what ews/stream_state says; this
// half has the sockets and timers. Used by ews/stream_groups.
// https://learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-maintain-affinity-between-group-of-subscriptions-and-mailbox-server
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "ews/event_stream.hpp"
#include "ews/stream_ledger.hpp"
#include "ews/stream_paces.hpp"
#include "ews/stream_seat.hpp"
#include "ews/stream_state.hpp"
#include "http/signal.hpp"

namespace ews {

/// All on one thread. Its coroutines keep the group alive; they end when the last member has left.
class StreamGroup : public std::enable_shared_from_this<StreamGroup> {
public:
    using Moment = StreamState::Moment;
    /// Called when a member has lost its seat; it must not call back into the group.
    using OnLost = std::function<void(StreamSeat&, const Error&)>;

    StreamGroup(boost::asio::any_io_executor executor, StreamPaces paces, OnLost on_lost);

    /// Members, and places that are kept for some.
    std::size_t size() const {
        return seats_.size() + static_cast<std::size_t>(kept_.use_count() - 1);
    }
    /// Keeps a place as long as what is returned lives.
    std::shared_ptr<void> keep_place() const { return kept_; }

    /// Subscribes and takes a seat; nothing of it stays where that fails. It is streamed from
    /// `not_before` on. The seat, and its client, outlive the call.
    boost::asio::awaitable<Result<void>> join(
        std::shared_ptr<StreamSeat> seat, std::vector<FolderId> folders, Moment not_before
    );
    /// Gives up the seat at once, without a word to the server; again does nothing.
    void leave(StreamSeat& seat);
    /// Gives back a subscription, within StreamPaces::unsubscribe.
    boost::asio::awaitable<Result<void>> unsubscribe(Client& member, SubscriptionId subscription);
    /// Gives back one of an earlier life, which may live at another mail server than the group's.
    boost::asio::awaitable<Result<void>> unsubscribe_leftover(
        Client& member, StandingSubscription leftover, std::chrono::milliseconds patience
    );
    /// Until the stream that was hung up has ended; not longer than StreamPaces::unsubscribe.
    boost::asio::awaitable<void> settle();

private:
    using Member = StreamState::Member;

    boost::asio::awaitable<Result<void>> unsubscribe_through(
        std::shared_ptr<Client> anchor,
        Client& member,
        SubscriptionId subscription,
        std::chrono::milliseconds patience
    );
    boost::asio::awaitable<void> await_founding();
    void wake();
    boost::asio::awaitable<void> run();
    void open(std::vector<Member> members);
    boost::asio::awaitable<void> listen(
        std::shared_ptr<Client> anchor, std::shared_ptr<EventStream> stream
    );
    boost::asio::awaitable<StreamEnd> reason(
        std::shared_ptr<Client> anchor, std::shared_ptr<EventStream> stream, Error error
    );
    boost::asio::awaitable<bool> answers(std::shared_ptr<Client> anchor);
    void hear(StreamMessage message);
    void pass_on();
    void lose(Member member, const Error& error);
    void break_down(const std::exception_ptr& failure);
    std::vector<Member> members_of(const std::vector<SubscriptionId>& subscriptions) const;

    boost::asio::any_io_executor executor_;
    StreamPaces paces_;
    OnLost on_lost_;
    StreamState state_;
    http::Signal changed_;
    boost::asio::steady_timer founded_, hung_up_;  ///< cancelled when that happens
    boost::asio::cancellation_signal hang_up_;
    std::map<Member, std::shared_ptr<StreamSeat>> seats_;
    std::shared_ptr<EventStream> stream_;
    std::shared_ptr<Client> anchor_;
    Member anchor_member_ = 0, last_member_ = 0;
    std::shared_ptr<int> kept_ = std::make_shared<int>();
    bool is_founding_ = false;  ///< the first Subscribe is under way, which finds the mail server
    bool is_running_ = false;
};

}  // namespace ews
