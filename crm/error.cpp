#include "crm/error.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace crm {

bool is_transient(errc code) {
    switch (code) {
        case errc::unreachable:
        case errc::busy:
            return true;
        case errc::refused:
        case errc::not_found:
        case errc::forbidden:
        case errc::damaged:
        case errc::misconfigured:
            return false;
    }
    return false;
}

std::string_view to_text(errc code) {
    switch (code) {
        case errc::unreachable:
            return "unreachable";
        case errc::busy:
            return "busy";
        case errc::refused:
            return "refused";
        case errc::not_found:
            return "not found";
        case errc::forbidden:
            return "forbidden";
        case errc::damaged:
            return "damaged";
        case errc::misconfigured:
            return "misconfigured";
    }
    return "unknown";
}

void throw_exception_from_error(const Error& error, const boost::source_location&) {
    throw std::logic_error(
        fmt::format("unchecked CRM error ({}): {}", to_text(error.code), error.text)
    );
}

}  // namespace crm
