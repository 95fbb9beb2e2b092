#include "ews/simulator/stream_session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

#include "ews/simulator/damage.hpp"
#include "ews/simulator/grommunio.hpp"
#include "ews/simulator/stream_faults.hpp"
#include "ews/simulator/stream_reply.hpp"

namespace ews::simulator {

namespace {

using boost::asio::awaitable;
using Clock = std::chrono::steady_clock;
using Kind = Fault::Kind;

constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
constexpr const char* declaration = R"(<?xml version="1.0" encoding="utf-8"?>)";

struct Next {
    std::vector<std::string> texts = {};  ///< none: nothing to send now
    std::size_t events = 0;
    bool end = false;
};

struct Stream {
    Shared& shared;
    const StreamPlan& plan;
    const SendEnvelope& send;
    std::uint64_t id = 0;
    std::size_t held = 0;  ///< events from before, which grommunio sends with the next one only
    std::size_t told = 0;
    bool began = false;
};

bool is_grommunio(const Stream& stream) {
    return stream.shared.organization.ways.grommunio;
}

bool has_fault(const Stream& stream, Kind kind) {
    return stream.plan.fault && stream.plan.fault->kind == kind;
}

Next closing(const Stream& stream) {
    return {say_closed(stream.plan, is_grommunio(stream)), 0, true};
}

Next failed(const Stream& stream, const Refusal& refusal) {
    return {{write_stream_error(refusal, stream.plan.subscriptions)}, 0, true};
}

/// What the stream has to say now; all is asked under one lock, so no event falls between.
Next next_events(Stream& stream, bool is_heartbeat) {
    if (has_fault(stream, Kind::repeat_error)) return {};
    const std::lock_guard lock(stream.shared.guard);
    auto& subscriptions = stream.shared.organization.subscriptions;
    const auto& ids = stream.plan.subscriptions;
    if (!subscriptions.is_attached(ids, stream.id)) {
        if (is_grommunio(stream)) return closing(stream);
        return failed(stream, {"ErrorInvalidSubscription", "The subscription is gone or in use."});
    }
    const auto is_held = stream.held > 0 && subscriptions.waiting(ids) <= stream.held;
    if (is_held && !is_heartbeat) return {};
    stream.held = 0;
    auto batches = subscriptions.take(ids);
    if (batches.has_error()) return failed(stream, batches.error());
    if (batches->empty()) return {};
    Next next;
    for (const auto& [id, events] : *batches) next.events += events.size();
    next.texts = tell(stream.plan.fault, std::move(*batches), ids);
    return next;
}

/// What the fault says when it strikes, and nothing where it wants silence.
Next last_words(const Stream& stream) {
    const auto& fault = *stream.plan.fault;
    if (fault.kind == Kind::stream_silence) return {{}, 0, true};
    if (fault.kind == Kind::stream_close) return closing(stream);
    return failed(stream, {fault.code, "The subscription has a problem."});
}

/// `now` against the times of the stream; what comes is empty where it has to wait.
Next next_of(Stream& stream, bool is_heartbeat, bool is_over) {
    if (is_hit(stream.plan.fault, stream.told)) return last_words(stream);
    auto next = next_events(stream, is_heartbeat);
    if (!next.texts.empty()) return next;
    if (is_over) return closing(stream);
    if (is_heartbeat) next.texts = {say_heartbeat(stream.plan, is_grommunio(stream))};
    return next;
}

std::uint64_t attach(Shared& shared, const StreamPlan& plan) {
    const std::lock_guard lock(shared.guard);
    return shared.organization.subscriptions.attach(plan.subscriptions);
}

void detach(Shared& shared, const StreamPlan& plan, std::uint64_t stream) {
    const std::lock_guard lock(shared.guard);
    shared.organization.subscriptions.detach(plan.subscriptions, stream);
}

std::size_t waiting(Shared& shared, const StreamPlan& plan) {
    const std::lock_guard lock(shared.guard);
    return shared.organization.subscriptions.waiting(plan.subscriptions);
}

awaitable<void> wait_until(
    Shared& shared, boost::asio::steady_timer& timer, Clock::time_point when
) {
    timer.expires_at(when);
    shared.waiting.insert(&timer);
    co_await timer.async_wait(token);
    shared.waiting.erase(&timer);
}

awaitable<bool> say(Stream& stream, std::string text) {
    if (is_grommunio(stream)) text = in_words_of_grommunio(text, stream.began ? "" : declaration);
    text = spoil(stream.plan.text, std::move(text));
    stream.began = true;
    const auto told = stream.told;
    const auto sent = co_await stream.send(std::move(text), told);
    co_return sent;
}

awaitable<StreamEnd> run(Stream& stream) {
    const auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::steady_timer timer(executor);
    const auto quiet =
        has_fault(stream, Kind::no_heartbeat) ? stream.plan.timeout * 2 : stream.shared.heartbeat;
    const auto end = Clock::now() + stream.plan.timeout;
    auto beat = Clock::now() + quiet;
    for (;;) {
        const auto now = Clock::now();
        const auto next = next_of(stream, now >= beat, now >= end);
        for (const auto& text : next.texts) {
            const auto sent = co_await say(stream, text);
            if (!sent) co_return StreamEnd::gone;
        }
        stream.told += next.events;
        if (next.end) co_return next.texts.empty() ? StreamEnd::silent : StreamEnd::closed;
        if (!next.texts.empty()) {
            beat = now + quiet;
            continue;
        }
        const auto when = std::min(beat, end);
        co_await wait_until(stream.shared, timer, when);
    }
}

/// grommunio finds out with the first heartbeat only.
awaitable<StreamEnd> refuse(Stream& stream) {
    if (is_grommunio(stream)) {
        const auto opened = say_opened(stream.plan, is_grommunio(stream));
        const auto sent = co_await say(stream, opened);
        if (!sent) co_return StreamEnd::gone;
        const auto executor = co_await boost::asio::this_coro::executor;
        boost::asio::steady_timer timer(executor, stream.shared.heartbeat);
        co_await timer.async_wait(token);
    }
    const Refusal refusal{"ErrorInvalidSubscription", "The subscription is not known."};
    const auto envelope = write_stream_error(refusal, stream.plan.refused);
    const auto sent = co_await say(stream, envelope);
    co_return sent ? StreamEnd::closed : StreamEnd::gone;
}

}  // namespace

awaitable<StreamEnd> stream_events(
    Shared& shared, const StreamPlan& plan, const SendEnvelope& send
) {
    Stream stream{shared, plan, send};
    if (!plan.refused.empty()) {
        const auto refused = co_await refuse(stream);
        co_return refused;
    }
    if (is_grommunio(stream)) stream.held = waiting(shared, plan);
    stream.id = attach(shared, plan);
    const auto opened = say_opened(stream.plan, is_grommunio(stream));
    const auto sent = co_await say(stream, opened);
    auto end = StreamEnd::gone;
    if (sent) end = co_await run(stream);
    detach(shared, plan, stream.id);
    co_return end;
}

}  // namespace ews::simulator
