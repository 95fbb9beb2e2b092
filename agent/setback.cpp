#include "agent/setback.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "agent/limits.hpp"

namespace agent {

bool concerns_all(errc code) {
    return code == errc::unreachable || code == errc::denied || code == errc::journal ||
           code == errc::cancelled;
}

bool is_waiting(errc code) {
    return code == errc::parked || code == errc::unmatched;
}

int attempts_after(int attempts, errc code) {
    if (code == errc::parked) return attempts;
    if (concerns_all(code))
        return std::max(attempts, std::min(attempts + 1, limits::outage_attempts));
    return attempts + 1;
}

std::chrono::milliseconds wait_after(int attempts, const Error& error) {
    // Another policy alone can want the mail, and every start and reload wakes all that waits.
    if (error.code == errc::parked) return std::chrono::years(100);
    const auto index = std::min<std::size_t>(
        static_cast<std::size_t>(std::max(attempts - 1, 0)), std::size(limits::retry_waits) - 1
    );
    std::chrono::milliseconds wait = limits::retry_waits[index];
    if (concerns_all(error.code))
        wait = std::min<std::chrono::milliseconds>(wait, limits::outage_wait);
    return std::max(wait, error.back_off.value_or(std::chrono::milliseconds{0}));
}

bool gives_up(int attempts, const Error& error) {
    if (error.code == errc::permanent) return true;
    return attempts >= limits::attempts && !concerns_all(error.code);
}

}  // namespace agent
