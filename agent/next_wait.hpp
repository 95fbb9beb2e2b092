// How long to wait after an error that concerns a whole mailbox. One place for listener and worker: both must spare
// an account that a wrong password would lock.
#pragma once

#include <chrono>

#include "agent/error.hpp"
#include "http/retry.hpp"

namespace agent {

/// The next step of `back_off`, the longest at once where an admin must act; not less than the server asks for.
std::chrono::milliseconds next_wait(http::BackOff& back_off, const Error& error);

}  // namespace agent
