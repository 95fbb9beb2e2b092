#include "agent/next_wait.hpp"

#include <random>

namespace agent {

std::chrono::milliseconds next_wait(http::BackOff& back_off, const Error& error) {
    thread_local std::minstd_rand random{std::random_device{}()};
    std::uniform_real_distribution<double> part(0.0, 1.0);
    if (error.code == errc::denied) back_off.slow_down();
    return back_off.next(part(random), error.back_off);
}

}  // namespace agent
