#include "agent/setback.hpp"

#include <algorithm>
#include <cstddef>

#include "agent/limits.hpp"

namespace agent {

bool concerns_all(errc code) {
    return code == errc::unreachable || code == errc::denied || code == errc::journal ||
           code == errc::cancelled;
}

bool is_waiting(errc code) {
    return code == errc::parked || code == errc::unmatched || code == errc::braked;
}

int attempts_after(int attempts, errc code) {
    if (code == errc::parked || code == errc::braked) return attempts;
    if (concerns_all(code))
        return std::max(attempts, std::min(attempts + 1, limits::outage_attempts));
    return attempts + 1;
}

std::chrono::milliseconds wait_after(const RetryConfig& ladder, int attempts, const Error& error) {
    // Another policy alone can want the mail, and every start and reload wakes all that waits.
    if (error.code == errc::parked) return std::chrono::years(100);
    const auto step = static_cast<std::size_t>(std::max(attempts - 1, 0));
    std::chrono::milliseconds wait = step < ladder.quick.size() ? ladder.quick[step] : ladder.then;
    if (concerns_all(error.code)) {
        wait = std::min<std::chrono::milliseconds>(wait, limits::outage_wait);
    }
    return std::max(wait, error.back_off.value_or(std::chrono::milliseconds{0}));
}

bool gives_up(const RetryConfig& ladder, int attempts, const Error& error) {
    if (error.code == errc::permanent) return true;
    return attempts >= ladder.stop_after && !concerns_all(error.code) && error.code != errc::braked;
}

}  // namespace agent
