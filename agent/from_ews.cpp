// Every error of ews, as what the agent does about it and what its admin reads. The table is ews/response_code; here
// its reactions become those of the agent.
#include <fmt/format.h>

#include "agent/error.hpp"
#include "ews/response_code.hpp"

namespace agent {

namespace {

errc code_of(ews::Reaction reaction) {
    using enum ews::Reaction;
    switch (reaction) {
        case wait_for_server: return errc::unreachable;
        case retry_item:
        case read_anew:     // EwsMailbox::mark has done so some times when the error comes here
        case find_folders:  // which every session of the listener begins with
            return errc::transient;
        case look_up_item: return errc::gone;
        case subscribe_anew: return errc::subscription_lost;
        case restart_sync: return errc::sync_state_lost;
        case set_aside: return errc::permanent;
        case ask_admin: return errc::denied;
        case stop: return errc::cancelled;
    }
    return errc::permanent;
}

/// What the server says, in its language; the code, by which people find help; what to do.
std::string told(const ews::Error& error) {
    std::string text = error.text;
    while (!text.empty() && text.back() == '.') text.pop_back();
    if (text.empty()) {
        text = error.response_code;
    } else if (text.find(error.response_code) == std::string::npos) {
        text += fmt::format(" ({})", error.response_code);
    }
    const std::string_view advice = ews::advice_on(error);
    return advice.empty() ? text : fmt::format("{}; {}", text, advice);
}

/// Not where we did not ask because of that.
bool answered_busy(const ews::Error& error) {
    return error.code == ews::errc::server_busy && !error.response_code.empty();
}

}  // namespace

Error from(const ews::Error& error) {
    const bool login_refused = error.code == ews::errc::unauthorised;
    return {
        code_of(ews::reaction_to(error.code)), told(error), error.back_off, answered_busy(error), login_refused};
}

}  // namespace agent
