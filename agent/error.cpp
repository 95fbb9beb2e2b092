#include "agent/error.hpp"

#include <stdexcept>

namespace agent {

Error from(const crm::Error& error) {
    switch (error.code) {
        case crm::errc::unreachable:
        case crm::errc::busy: return {errc::unreachable, error.text, error.back_off};
        case crm::errc::refused: return {errc::permanent, error.text, error.back_off};
        case crm::errc::not_found: return {errc::outdated, error.text, error.back_off};
        case crm::errc::forbidden:
        case crm::errc::damaged:
        case crm::errc::misconfigured: return {errc::denied, error.text, error.back_off};
    }
    return {errc::permanent, error.text, error.back_off};
}

void throw_exception_from_error(const Error& error, const boost::source_location&) {
    throw std::runtime_error(error.text);
}

}  // namespace agent
