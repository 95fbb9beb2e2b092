// Lets requests to one server through, as many and as fast as its Budget allows; the others wait in
// line. Shared by all clients of that server. Separate from the budget because this one has timers
// and coroutines.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "http/budget.hpp"

namespace http {

/// The right to have one request under way; given back when it is destroyed, also with a coroutine
/// that was cancelled or thrown away. An empty one is the right of who knows no gate. May outlive
/// the Gate.
class Pass {
public:
    Pass() = default;
    Pass(Pass&& other) noexcept = default;
    Pass& operator=(Pass&& other) noexcept;
    ~Pass();

    /// The server has served us. Without any word nothing is learned, as from a connection that
    /// broke.
    void note_success();
    /// The server wants to be left alone, for that long if it says so; @see Budget::note_busy.
    void note_busy(Scope scope, std::optional<std::chrono::milliseconds> back_off);

private:
    friend class Gate;
    struct State;
    Pass(std::shared_ptr<State> state, Budget::Id id);
    void give_back();

    std::shared_ptr<State> state_;
    Budget::Id id_ = 0;
};

/// Why somebody was not let through.
struct Refusal {
    enum class Why {
        closed,     ///< the server must be left alone for longer than the caller wants to wait
        crowded,    ///< no turn in time
        cancelled,  ///< the caller's coroutine is
    };
    Why why = Why::closed;
    std::chrono::milliseconds remaining{0};  ///< of `closed`
    bool operator==(const Refusal&) const = default;
};

using Entry = std::variant<Pass, Refusal>;

/// All on one thread.
class Gate {
public:
    explicit Gate(BudgetLimits limits = {});

    /// Waits for a turn, `patience` at most; at once refused where it is known that this will not
    /// do. Waits on the executor of the calling coroutine. @see shorten_waits
    boost::asio::awaitable<Entry> enter(
        std::string key, Kind kind, std::chrono::milliseconds patience
    );

    /// The process wants to end: from now on nobody waits longer than that, also of those who wait
    /// already.
    void shorten_waits(std::chrono::milliseconds patience);

    BudgetFacts facts() const;

private:
    std::shared_ptr<Pass::State> state_;
};

}  // namespace http
