// When to ask a server again: pure values, no clock and no random numbers of its own. Separate
// because the protocol clients (ews/, crm/) decide what to repeat; this only says when.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace http {

/// 1, 2, 5, 15, then 60 s again and again.
inline constexpr std::chrono::milliseconds back_off_steps[] = {
    std::chrono::seconds(1),
    std::chrono::seconds(2),
    std::chrono::seconds(5),
    std::chrono::seconds(15),
    std::chrono::seconds(60)
};

/// The value of Retry-After, RFC 9110 §10.2.3: seconds or a date in any of its three forms. Never
/// negative, at most max_retry_after; nothing if it is neither.
std::optional<std::chrono::milliseconds> retry_after(
    std::string_view value, std::chrono::system_clock::time_point now
);

/// How long to wait before the next attempt, and the next: the steps one after the other, spread by up to a fifth to
/// both sides so that many clients do not return at the same moment.
class BackOff {
public:
    /// The steps are not copied; there is one at least.
    explicit BackOff(std::span<const std::chrono::milliseconds> steps = back_off_steps)
        : steps_(steps) {}

    /// @param random  in [0, 1)
    /// @param asked   by the server: a lower bound
    std::chrono::milliseconds next(
        double random, std::optional<std::chrono::milliseconds> asked = std::nullopt
    );
    /// From now on the longest: where trying often does harm, as with a wrong password.
    void slow_down() { failures_ = steps_.size(); }
    /// After a success.
    void reset() { failures_ = 0; }

private:
    std::span<const std::chrono::milliseconds> steps_;
    std::size_t failures_ = 0;
};

}  // namespace http
