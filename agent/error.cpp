#include "agent/error.hpp"

#include <stdexcept>

namespace agent {

std::string_view to_text(errc code) {
    switch (code) {
        case errc::unreachable: return "unreachable";
        case errc::transient: return "transient";
        case errc::permanent: return "permanent";
        case errc::gone: return "gone";
        case errc::outdated: return "outdated";
        case errc::parked: return "parked";
        case errc::overtaken: return "overtaken";
        case errc::denied: return "denied";
        case errc::subscription_lost: return "subscription-lost";
        case errc::sync_state_lost: return "sync-state-lost";
        case errc::journal: return "journal";
        case errc::cancelled: return "cancelled";
    }
    return "unknown";
}

Error from(const crm::Error& error) {
    switch (error.code) {
        case crm::errc::unreachable:
        case crm::errc::busy: return {errc::unreachable, error.text, error.back_off};
        case crm::errc::refused: return {errc::permanent, error.text, error.back_off};
        case crm::errc::not_found: return {errc::outdated, error.text, error.back_off};
        case crm::errc::forbidden:
        case crm::errc::misconfigured: return {errc::denied, error.text, error.back_off};
    }
    return {errc::permanent, error.text, error.back_off};
}

void throw_exception_from_error(const Error& error, const boost::source_location&) {
    throw std::runtime_error(error.text);
}

}  // namespace agent
