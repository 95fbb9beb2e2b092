#include "ews/busy.hpp"

namespace ews {

bool asks_to_wait(const Error& error) {
    return error.back_off || error.code == errc::server_busy ||
           error.code == errc::too_many_connections || error.code == errc::unavailable;
}

http::Scope who_waits(const Error& error, bool impersonates) {
    const bool is_of_a_mailbox = impersonates && error.code != errc::unavailable;
    return is_of_a_mailbox ? http::Scope::key : http::Scope::server;
}

}  // namespace ews
