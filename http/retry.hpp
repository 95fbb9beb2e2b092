// When to ask a server again: pure values, no clock and no random numbers of its own. Separate
// because the protocol clients (ews/, crm/) decide what to repeat; this only says when.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace http {

/// 1, 2, 5, 15, then 60 s again and again, spread by up to a fifth to both sides so that many
/// clients do not return at the same moment.
/// @param failures  how many attempts failed before, from 0
/// @param random    in [0, 1)
std::chrono::milliseconds back_off_delay(unsigned failures, double random);

/// The value of Retry-After, RFC 9110 §10.2.3: seconds or a date in any of its three forms. Never
/// negative, at most max_retry_after; nothing if it is neither.
std::optional<std::chrono::milliseconds> retry_after(
    std::string_view value, std::chrono::system_clock::time_point now
);

/// Statuses that a later attempt may cure: 408, 429, 500, 502, 503, 504. Read the body of a 500
/// first: with a SOAP fault inside it is an ordinary answer.
bool is_transient_status(unsigned status);

class BackOff {
public:
    /// How long to wait before the next attempt. What the server asked for is a lower bound.
    std::chrono::milliseconds next(
        double random, std::optional<std::chrono::milliseconds> asked = std::nullopt
    );
    /// After a success.
    void reset() { failures_ = 0; }

private:
    unsigned failures_ = 0;
};

}  // namespace http
