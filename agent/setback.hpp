// What a setback means for one mail: whether it counts against it, when to try again, when to give
// up. Pure. The waits of a whole mailbox are next_wait's.
#pragma once

#include <chrono>

#include "agent/config.hpp"
#include "agent/error.hpp"

namespace agent {

/// Not the fault of this mail: the others would meet it too.
bool concerns_all(errc code);

/// Waits for something outside; nothing went wrong, so nothing of it is shown as an error.
bool is_waiting(errc code);

/// An outage lengthens the waits as far as they serve it, and brings no mail nearer to being given
/// up.
int attempts_after(int attempts, errc code);

/// When to try again after the `attempts`-th failure.
std::chrono::milliseconds wait_after(const RetryConfig& ladder, int attempts, const Error& error);

/// After so many attempts, this one counted.
bool gives_up(const RetryConfig& ladder, int attempts, const Error& error);

}  // namespace agent
