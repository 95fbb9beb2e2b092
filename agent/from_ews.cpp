// Every error of ews, as what the agent does about it: the one table.
#include "agent/error.hpp"

namespace agent {

namespace {

errc reaction(ews::errc code) {
    using enum ews::errc;
    switch (code) {
        case unreachable:
        case timeout:
        case redirected:
        case gateway:
        case unavailable:
        case http_status:
        case protocol:
        case server_busy:
        case too_many_connections:
        case too_many_subscriptions:
        case server_timeout:
        case server_trouble:
        case quota_exceeded: return errc::unreachable;
        case internal_error:
        case page_too_large:
        case batch_stopped:
        case stale_change_key:
        case conflict:
        case move_failed:
        case folder_not_found:
        case folder_exists:
        case folder_not_deleted: return errc::transient;
        case cancelled: return errc::cancelled;
        case bad_url:
        case untrusted:
        case unauthorised:
        case forbidden:
        case not_ews:
        case unsupported_version:
        case access_denied:
        case impersonation_denied:
        case no_such_mailbox:
        case subscription_denied: return errc::denied;
        case item_not_found: return errc::gone;
        case invalid_sync_state: return errc::sync_state_lost;
        case subscription_lost:
        case missed_events: return errc::subscription_lost;
        case too_large:
        case invalid_request:
        case invalid_id:
        case not_convertible:
        case corrupt:
        case item_too_large: return errc::permanent;
        case other: return errc::permanent;
    }
    return errc::permanent;
}

}  // namespace

Error from(const ews::Error& error) {
    return {reaction(error.code), error.text, error.back_off};
}

}  // namespace agent
