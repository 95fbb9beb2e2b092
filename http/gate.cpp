#include "http/gate.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>
#include <optional>
#include <utility>

namespace http {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

namespace {

struct Waiter {
    explicit Waiter(const asio::any_io_executor& executor) : timer(executor) {}
    asio::steady_timer timer;
    bool is_admitted = false;
};

}  // namespace

struct Pass::State {
    explicit State(BudgetLimits limits) : budget(limits) {}

    void admit() {
        for (const Budget::Id id : budget.admit(Clock::now())) {
            Waiter& waiter = *waiters.at(id);
            waiter.is_admitted = true;
            waiter.timer.cancel();
        }
    }

    /// All look anew how long they have to wait.
    void wake_all() {
        for (auto& [id, waiter] : waiters) waiter->timer.cancel();
    }

    /// Until when somebody may wait who came at that time.
    Clock::time_point latest(Clock::time_point came, std::chrono::milliseconds patience) const {
        const auto usual = came + patience;
        return shortened ? std::min(usual, std::max(came, shortened->since) + shortened->patience)
                         : usual;
    }

    struct Shortened {
        Clock::time_point since;
        std::chrono::milliseconds patience;
    };

    Budget budget;
    std::optional<Shortened> shortened;
    std::map<Budget::Id, Waiter*> waiters;  ///< they live in the frames of enter()
};

namespace {

/// Keeps the waiter known to the state as long as its coroutine lives.
template <class State>
class Registration {
public:
    Registration(State& state, Budget::Id id, Waiter& waiter) : state_(state), id_(id) {
        state_.waiters.emplace(id_, &waiter);
    }
    Registration(const Registration&) = delete;
    Registration& operator=(const Registration&) = delete;
    ~Registration() { state_.waiters.erase(id_); }

private:
    State& state_;
    Budget::Id id_;
};

}  // namespace

Pass::Pass(std::shared_ptr<State> state, Budget::Id id) : state_(std::move(state)), id_(id) {}

Pass& Pass::operator=(Pass&& other) noexcept {
    if (this == &other) return *this;
    give_back();
    state_ = std::move(other.state_);
    id_ = other.id_;
    return *this;
}

Pass::~Pass() {
    give_back();
}

void Pass::give_back() {
    const auto state = std::move(state_);
    if (!state) return;
    state->budget.leave(id_);
    state->admit();
}

void Pass::note_success() {
    if (state_) state_->budget.note_success(id_);
}

void Pass::note_busy(Scope scope, std::optional<std::chrono::milliseconds> back_off) {
    if (!state_) return;
    state_->budget.note_busy(id_, scope, back_off, Clock::now());
    state_->wake_all();
}

Gate::Gate(BudgetLimits limits) : state_(std::make_shared<Pass::State>(limits)) {}

asio::awaitable<Entry> Gate::enter(std::string key, Kind kind, std::chrono::milliseconds patience) {
    const auto state = state_;
    const auto came = Clock::now();
    const auto executor = co_await asio::this_coro::executor;
    Waiter waiter(executor);
    // From here on the place in the queue is held, and given back whatever ends this coroutine.
    const Budget::Id id = state->budget.ask(key, kind);
    Pass pass(state, id);
    const Registration<Pass::State> registration(*state, id, waiter);
    state->admit();
    while (!waiter.is_admitted) {
        const auto now = Clock::now();
        const auto deadline = state->latest(came, patience);
        const auto opening = state->budget.closed_until(key);
        if (opening > deadline)
            co_return Refusal{
                Refusal::Why::closed, std::chrono::ceil<std::chrono::milliseconds>(opening - now)};
        if (now >= deadline) co_return Refusal{Refusal::Why::crowded};
        waiter.timer.expires_at(opening > now ? opening : deadline);
        const auto token = asio::as_tuple(asio::use_awaitable);
        co_await waiter.timer.async_wait(token);
        const auto cancellation = co_await asio::this_coro::cancellation_state;
        if (cancellation.cancelled() != asio::cancellation_type::none)
            co_return Refusal{Refusal::Why::cancelled};
        // It may have opened.
        if (!waiter.is_admitted) state->admit();
    }
    co_return std::move(pass);
}

void Gate::shorten_waits(std::chrono::milliseconds patience) {
    state_->shortened = Pass::State::Shortened{Clock::now(), patience};
    state_->wake_all();
}

BudgetFacts Gate::facts() const {
    return state_->budget.facts(Clock::now());
}

}  // namespace http
