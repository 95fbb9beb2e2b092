// Longer than other files: members, anchor and stream of a group are one thing that lives together.
#include "ews/stream_group.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/this_coro.hpp>
#include <exception>
#include <random>
#include <utility>

#include "ews/affine_call.hpp"
#include "ews/operations/get_folder.hpp"
#include "ews/operations/subscribe.hpp"
#include "ews/operations/unsubscribe.hpp"

namespace ews {
namespace {

namespace asio = boost::asio;
using boost::asio::awaitable;
using Clock = std::chrono::steady_clock;

/// So long others wait for the first Subscribe, which finds the mail server for all.
constexpr std::chrono::seconds founding_patience{15};
constexpr auto token = asio::as_tuple(asio::use_awaitable);

double random_part() {
    thread_local std::minstd_rand random{std::random_device{}()};
    std::uniform_real_distribution<double> part(0.0, 1.0);
    return part(random);
}

}  // namespace

StreamGroup::StreamGroup(asio::any_io_executor executor, StreamPaces paces, OnLost on_lost)
    : executor_(std::move(executor)),
      paces_(paces),
      on_lost_(std::move(on_lost)),
      state_(paces),
      changed_(executor_),
      founded_(executor_),
      hung_up_(executor_) {
    hung_up_.expires_at(Clock::time_point::max());
}

awaitable<Result<void>> StreamGroup::join(
    std::shared_ptr<StreamSeat> seat, std::vector<FolderId> folders, Moment not_before
) {
    const auto self = shared_from_this();
    co_await await_founding();
    auto anchor = anchor_;
    const bool founds = !anchor;
    if (founds) {
        anchor = std::make_shared<Client>(seat->client.transport(), seat->client.options());
        is_founding_ = true;
        founded_.expires_after(founding_patience);
    }
    Subscribe request;
    request.folders.assign(folders.begin(), folders.end());
    auto subscription = co_await call_through(anchor, seat->client, std::move(request));
    const Member member = last_member_ + 1;
    if (founds) {
        is_founding_ = false;
        if (subscription && !anchor_) anchor_member_ = member;
    }
    if (subscription && !anchor_) anchor_ = anchor;  // it knows where the subscription lives
    if (founds) founded_.cancel();
    if (!subscription) co_return subscription.error();
    last_member_ = member;
    seat->subscription = std::move(*subscription);
    seat->anchor = anchor->options().anchor_mailbox;
    seat->server = server_of(*anchor);
    seat->number = member;
    seats_.emplace(member, std::move(seat));
    state_.join(member, Clock::now(), not_before);
    wake();
    co_return Result<void>();
}

/// While nobody knows the mail server, the others let the first one find it.
awaitable<void> StreamGroup::await_founding() {
    while (is_founding_ && !anchor_ && founded_.expiry() > Clock::now())
        co_await founded_.async_wait(token);
}

void StreamGroup::leave(StreamSeat& seat) {
    const Member member = std::exchange(seat.number, 0);
    if (member == 0) return;
    if (anchor_member_ == member) anchor_member_ = 0;
    state_.leave(member, Clock::now());
    seats_.erase(member);
    wake();
}

awaitable<Result<void>> StreamGroup::unsubscribe(Client& member, SubscriptionId subscription) {
    auto anchor = anchor_;
    if (!anchor) anchor = std::make_shared<Client>(member.transport(), member.options());
    auto given = co_await unsubscribe_through(
        std::move(anchor), member, std::move(subscription), paces_.unsubscribe
    );
    co_return given;
}

awaitable<Result<void>> StreamGroup::unsubscribe_leftover(
    Client& member, StandingSubscription leftover, std::chrono::milliseconds patience
) {
    ClientOptions options = member.options();
    if (!leftover.anchor.empty()) options.anchor_mailbox = leftover.anchor;
    auto anchor = std::make_shared<Client>(member.transport(), std::move(options));
    lead_to_server(*anchor, leftover.server);
    auto given =
        co_await unsubscribe_through(std::move(anchor), member, std::move(leftover.id), patience);
    co_return given;
}

awaitable<Result<void>> StreamGroup::unsubscribe_through(
    std::shared_ptr<Client> anchor,
    Client& member,
    SubscriptionId subscription,
    std::chrono::milliseconds patience
) {
    using namespace asio::experimental::awaitable_operators;
    Unsubscribe request{std::move(subscription)};
    asio::steady_timer deadline(executor_, patience);
    auto asking = call_through(std::move(anchor), member, std::move(request));
    auto waiting = deadline.async_wait(token);
    auto first = co_await (std::move(asking) || std::move(waiting));
    if (first.index() == 0) co_return std::get<0>(std::move(first));
    co_return Error{errc::timeout, {}, "the subscription could not be given back in time", {}};
}

awaitable<void> StreamGroup::settle() {
    using namespace asio::experimental::awaitable_operators;
    if (!stream_ || size() > 0) co_return;
    asio::steady_timer deadline(executor_, paces_.unsubscribe);
    auto ending = hung_up_.async_wait(token);
    auto waiting = deadline.async_wait(token);
    co_await (std::move(ending) || std::move(waiting));
}

void StreamGroup::wake() {
    pass_on();
    if (std::exchange(is_running_, true)) return changed_.notify();
    const auto ended = [self = shared_from_this()](const std::exception_ptr& failure) {
        if (failure) self->break_down(failure);
    };
    asio::co_spawn(executor_, run(), ended);
}

awaitable<void> StreamGroup::run() {
    using Kind = StreamState::Step::Kind;
    for (;;) {
        StreamState::Step step = state_.next(Clock::now());
        pass_on();
        if (step.kind == Kind::end) break;
        if (step.kind == Kind::open) {
            open(std::move(step.members));
        } else if (step.kind == Kind::hang_up) {
            stream_->close();
            hang_up_.emit(asio::cancellation_type::terminal);
        } else {
            co_await changed_.wait_until(step.until);
        }
    }
    anchor_.reset();
    is_running_ = false;
}

void StreamGroup::open(std::vector<Member> members) {
    std::vector<SubscriptionId> subscriptions;
    for (const Member member : members) subscriptions.push_back(seats_.at(member)->subscription);
    if (!anchor_ || anchor_member_ != members.front()) {
        // Subscriptions stay where they are: the new anchor goes to the same mail server.
        const StreamSeat& seat = *seats_.at(members.front());
        auto anchor = std::make_shared<Client>(seat.client.transport(), seat.client.options());
        if (anchor_) hand_over_server(*anchor_, *anchor);
        anchor_ = std::move(anchor);
        anchor_member_ = members.front();
    }
    stream_ = std::make_shared<EventStream>(*anchor_, std::move(subscriptions), paces_.stream);
    auto ended = [self = shared_from_this()](const std::exception_ptr& failure) {
        if (failure) self->break_down(failure);
    };
    asio::co_spawn(
        executor_,
        listen(anchor_, stream_),
        asio::bind_cancellation_slot(hang_up_.slot(), std::move(ended))
    );
}

/// Reads a stream from its opening to its end.
awaitable<void> StreamGroup::listen(
    std::shared_ptr<Client> anchor, std::shared_ptr<EventStream> stream
) {
    co_await asio::this_coro::throw_if_cancelled(false);
    std::optional<StreamEnd> end;
    while (!end) {
        auto message = co_await stream->next();
        if (!message) {
            Error error = message.error();
            auto reached = co_await reason(anchor, stream, std::move(error));
            end = std::move(reached);
        } else if (message->kind == StreamMessage::Kind::closed) {
            Error hung_up{errc::unreachable, {}, "the server ends the event stream at once", {}};
            end = StreamEnd{StreamEnd::Kind::closed, std::move(hung_up), {}};
        } else {
            hear(*std::move(message));
        }
    }
    if (stream_ != stream) co_return;
    stream_.reset();
    hung_up_.cancel();
    state_.ended(*end, Clock::now(), random_part());
    wake();
}

awaitable<StreamEnd> StreamGroup::reason(
    std::shared_ptr<Client> anchor, std::shared_ptr<EventStream> stream, Error error
) {
    using Kind = StreamEnd::Kind;
    StreamEnd end{Kind::failed, std::move(error), members_of(stream->refused())};
    if (end.error.code == errc::timeout && stream->was_opened()) {
        end.kind = Kind::silent;
    } else if (end.error.code == errc::timeout && stream->has_head()) {
        end.kind = Kind::withheld;
    } else if (end.error.code == errc::timeout) {
        // Is it the server that is silent, or is somebody between keeping the stream?
        const bool is_alive = co_await answers(anchor);
        if (is_alive) end.kind = Kind::withheld;
    } else if (end.error.code == errc::unreachable && stream->was_opened()) {
        end.kind = Kind::closed;
    }
    co_return end;
}

/// Whether the server answers an ordinary request.
awaitable<bool> StreamGroup::answers(std::shared_ptr<Client> anchor) {
    ClientOptions options = anchor->options();
    options.deadline = paces_.probe;
    Client client(anchor->transport(), std::move(options));
    GetFolder request;
    request.folders.emplace_back(DistinguishedFolder::inbox);
    auto answer = co_await client.call(std::move(request));
    co_return answer || !answer.error().response_code.empty();
}

void StreamGroup::hear(StreamMessage message) {
    if (message.kind == StreamMessage::Kind::opened) {
        state_.opened(Clock::now());
        return wake();
    }
    if (message.kind == StreamMessage::Kind::heartbeat) {
        for (const auto& [member, seat] : seats_)
            if (state_.is_streamed(member)) seat->tell({StreamNews::Kind::alive});
        return;
    }
    for (Notification& one : message.notifications) {
        for (const Member member : members_of({one.subscription}))
            seats_.at(member)->tell({StreamNews::Kind::events, std::move(one.events)});
    }
}

/// Tells the members what the state machine wants them told.
void StreamGroup::pass_on() {
    using Told = StreamState::Telling::Kind;
    for (const StreamState::Telling& telling : state_.tellings()) {
        if (telling.kind == Told::lost) {
            lose(telling.member, *telling.error);
            continue;
        }
        const auto found = seats_.find(telling.member);
        if (found == seats_.end()) continue;
        StreamNews news;
        if (telling.kind == Told::sync) news.kind = StreamNews::Kind::sync;
        if (telling.kind == Told::polling) news.kind = StreamNews::Kind::polling;
        if (telling.kind == Told::streaming) news.kind = StreamNews::Kind::streaming;
        news.text = telling.text;
        found->second->tell(std::move(news));
    }
}

void StreamGroup::lose(Member member, const Error& error) {
    const auto found = seats_.find(member);
    if (found == seats_.end()) return;
    const auto seat = std::move(found->second);
    seats_.erase(found);
    if (anchor_member_ == member) anchor_member_ = 0;
    seat->number = 0;
    seat->end(error);
    on_lost_(*seat, error);
}

/// An exception in here is a broken invariant: the members join anew.
void StreamGroup::break_down(const std::exception_ptr& failure) {
    Error error{errc::other, {}, "the event stream broke down", {}};
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& broken) {
        error.text += std::string(": ") + broken.what();
    }
    if (stream_) stream_->close();
    stream_.reset();
    hung_up_.cancel();
    state_ = StreamState(paces_);
    while (!seats_.empty()) lose(seats_.begin()->first, error);
    changed_.notify();  // ends run(), if that is not what broke
    is_running_ = false;
}

std::vector<StreamGroup::Member> StreamGroup::members_of(
    const std::vector<SubscriptionId>& subscriptions
) const {
    std::vector<Member> members;
    for (const SubscriptionId& subscription : subscriptions)
        for (const auto& [member, seat] : seats_)
            if (seat->subscription == subscription) members.push_back(member);
    return members;
}

}  // namespace ews
