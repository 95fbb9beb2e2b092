#include "ews/busy.hpp"

#include <chrono>

#include "http/retry.hpp"

namespace ews {

bool asks_to_wait(const Error& error) {
    return error.back_off || error.code == errc::server_busy ||
           error.code == errc::too_many_connections || error.code == errc::unavailable;
}

Error with_head(Error error, const http::Response& head) {
    if (!asks_to_wait(error)) return error;
    if (head.status == 429 || head.status == 503) error.code = errc::unavailable;
    const auto now = std::chrono::system_clock::now();
    if (!error.back_off) error.back_off = http::retry_after(head.field("Retry-After"), now);
    return error;
}

http::Scope who_waits(const Error& error, bool impersonates) {
    if (error.code == errc::unavailable)
        return error.response_code.empty() ? http::Scope::front_end : http::Scope::server;
    return impersonates ? http::Scope::key : http::Scope::server;
}

}  // namespace ews
