#include "ews/error.hpp"

#include <fmt/format.h>

#include <iterator>
#include <stdexcept>

#include "ews/response_code.hpp"

namespace ews {
namespace {

// In the order of errc.
constexpr std::string_view names[] = {
    "bad url",
    "unreachable",
    "untrusted",
    "timeout",
    "too large",
    "cancelled",
    "unauthorised",
    "forbidden",
    "not ews",
    "redirected",
    "gateway",
    "unavailable",
    "http status",
    "protocol",
    "server busy",
    "too many connections",
    "too many subscriptions",
    "page too large",
    "server timeout",
    "server trouble",
    "internal error",
    "batch stopped",
    "invalid request",
    "unsupported version",
    "access denied",
    "impersonation denied",
    "no such mailbox",
    "quota exceeded",
    "sending denied",
    "sending limit",
    "item not found",
    "folder not found",
    "folder exists",
    "folder not deleted",
    "invalid id",
    "stale change key",
    "conflict",
    "move failed",
    "not saved",
    "not convertible",
    "corrupt",
    "item too large",
    "invalid sync state",
    "subscription lost",
    "missed events",
    "subscription denied",
    "transient",
    "other"};
static_assert(std::size(names) == static_cast<std::size_t>(errc::other) + 1);

}  // namespace

errc errc_of(std::string_view response_code) {
    return meaning_of(response_code).kind;
}

std::string_view to_text(errc code) {
    return names[static_cast<std::size_t>(code)];
}

Error from_transport(const http::Error& error) {
    const auto code = [&] {
        switch (error.code) {
            case http::errc::bad_url:
                return errc::bad_url;
            case http::errc::resolve:
            case http::errc::connect:
            case http::errc::closed:
                return errc::unreachable;
            case http::errc::untrusted:
            case http::errc::tls:
                return errc::untrusted;
            case http::errc::timeout:
                return errc::timeout;
            case http::errc::too_large:
                return errc::too_large;
            case http::errc::protocol:
                return errc::not_ews;
            case http::errc::cancelled:
                return errc::cancelled;
            case http::errc::login_rests:
                return errc::unauthorised;
        }
        return errc::unreachable;
    }();
    return {code, {}, error.text, {}};
}

void throw_exception_from_error(const Error& error, const boost::source_location&) {
    throw std::runtime_error(fmt::format("{}: {}", to_text(error.code), error.text));
}

}  // namespace ews
