#include "ews/simulator/stream_session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

#include "ews/simulator/stream_reply.hpp"

namespace ews::simulator {

namespace {

using boost::asio::awaitable;
using Clock = std::chrono::steady_clock;

constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);

struct Next {
    std::string envelope;  ///< "": nothing to send now
    bool end = false;
};

/// What the stream has to say now; both are asked under one lock, so no event falls between.
Next next_envelope(Shared& shared, const StreamPlan& plan, std::uint64_t stream) {
    const std::lock_guard lock(shared.guard);
    auto& subscriptions = shared.organization.subscriptions;
    if (!subscriptions.is_attached(plan.subscriptions, stream)) {
        const Refusal gone{"ErrorInvalidSubscription", "The subscription is gone or in use."};
        return {write_stream_error(gone, plan.subscriptions), true};
    }
    const auto batches = subscriptions.take(plan.subscriptions);
    if (batches.has_error()) return {write_stream_error(batches.error(), plan.subscriptions), true};
    if (batches->empty()) return {};
    return {write_notifications(*batches), false};
}

std::uint64_t attach(Shared& shared, const StreamPlan& plan) {
    const std::lock_guard lock(shared.guard);
    return shared.organization.subscriptions.attach(plan.subscriptions);
}

void detach(Shared& shared, const StreamPlan& plan, std::uint64_t stream) {
    const std::lock_guard lock(shared.guard);
    shared.organization.subscriptions.detach(plan.subscriptions, stream);
}

awaitable<void> wait_until(
    Shared& shared, boost::asio::steady_timer& timer, Clock::time_point when
) {
    timer.expires_at(when);
    shared.waiting.insert(&timer);
    co_await timer.async_wait(token);
    shared.waiting.erase(&timer);
}

awaitable<void> stream_until_end(
    Shared& shared, const StreamPlan& plan, const SendEnvelope& send, std::uint64_t stream
) {
    const auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::steady_timer timer(executor);
    const auto end = Clock::now() + plan.timeout;
    auto heartbeat = Clock::now() + shared.heartbeat;
    for (;;) {
        auto next = next_envelope(shared, plan, stream);
        const auto now = Clock::now();
        if (next.envelope.empty() && now >= end) {
            next = {write_connection_status("Closed"), true};
        } else if (next.envelope.empty() && now >= heartbeat) {
            next.envelope = write_heartbeat(plan.subscriptions);
        }
        if (next.envelope.empty()) {
            const auto when = std::min(heartbeat, end);
            co_await wait_until(shared, timer, when);
            continue;
        }
        heartbeat = now + shared.heartbeat;
        const auto sent = co_await send(next.envelope);
        if (!sent || next.end) co_return;
    }
}

}  // namespace

awaitable<void> stream_events(Shared& shared, const StreamPlan& plan, const SendEnvelope& send) {
    if (!plan.refused.empty()) {
        const Refusal refusal{"ErrorInvalidSubscription", "The subscription is not known."};
        const auto envelope = write_stream_error(refusal, plan.refused);
        co_await send(envelope);
        co_return;
    }
    const auto stream = attach(shared, plan);
    const auto opened = write_connection_status("OK");
    const auto sent = co_await send(opened);
    if (sent) co_await stream_until_end(shared, plan, send, stream);
    detach(shared, plan, stream);
}

}  // namespace ews::simulator
