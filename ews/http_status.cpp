#include "ews/http_status.hpp"

#include <fmt/format.h>

#include <chrono>

#include "ews/limits.hpp"
#include "ews/sanitise.hpp"
#include "http/retry.hpp"

namespace ews {
namespace {

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// The root element of SOAP stands near the beginning, whatever its prefix.
bool may_be_soap(std::string_view body) {
    const std::string_view start = body.substr(0, 1024);
    return contains(start, ":Envelope") || contains(start, "<Envelope");
}

std::optional<std::chrono::milliseconds> asked_wait(const http::Response& response) {
    return http::retry_after(response.field("Retry-After"), std::chrono::system_clock::now());
}

Error fail(errc code, std::string text) {
    return {code, {}, std::move(text), {}};
}

Error unauthorised(const http::Response& response, std::string_view url, std::string_view account) {
    std::string who = account.empty() ? std::string("this login") : fmt::format("\"{}\"", account);
    std::string text = fmt::format("wrong user or password for {} at {}", who, url);
    const std::string_view diagnosis = response.field("x-ms-diagnostics");
    if (!diagnosis.empty())
        text += fmt::format(" ({})", clean_text(diagnosis.substr(0, limits::quoted_text)));
    return fail(errc::unauthorised, std::move(text));
}

Error forbidden(std::string_view url) {
    if (contains(url, "outlook.office365.com") || contains(url, "outlook.office.com")) {
        return fail(
            errc::forbidden,
            "EWS is disabled for this tenant or mailbox, or this application id is not in "
            "EWSAllowedAppIDs (HTTP 403)"
        );
    }
    return fail(
        errc::forbidden,
        fmt::format(
            "the server refuses access at {} (HTTP 403): EWS may be switched off for this mailbox "
            "or blocked by a gateway",
            url
        )
    );
}

Error redirected(const http::Response& response, std::string_view url) {
    const std::string target =
        clean_text(response.field("Location").substr(0, limits::quoted_text));
    std::string lower = target;
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    // The front end does this when no back end answers; it passes.
    if (contains(lower, "genericerrorpage") || contains(lower, "/owa/"))
        return fail(
            errc::gateway,
            fmt::format("{} has no server for us just now, redirects to {}", url, target)
        );
    return fail(
        errc::redirected,
        fmt::format(
            "{} redirects to {}; put the address of EWS into the configuration", url, target
        )
    );
}

Error too_busy(const http::Response& response, std::string_view url) {
    auto error = fail(
        errc::unavailable,
        fmt::format("{} cannot serve us just now (HTTP {})", url, response.status)
    );
    error.back_off = asked_wait(response);
    return error;
}

Error not_ews(std::string_view url, std::string_view what) {
    return fail(
        errc::not_ews,
        fmt::format("{} {}; the address usually ends in /EWS/Exchange.asmx", url, what)
    );
}

}  // namespace

std::optional<Error> explain_status(
    const http::Response& response, std::string_view url, std::string_view account
) {
    const unsigned status = response.status;
    if (status == 401) return unauthorised(response, url, account);
    if (may_be_soap(response.body)) return std::nullopt;
    if (status == 403) return forbidden(url);
    if (status >= 300 && status < 400) return redirected(response, url);
    if (status == 404 || status == 405)
        return not_ews(url, fmt::format("is no EWS (HTTP {})", status));
    if (status == 429 || status == 503) return too_busy(response, url);
    if (status == 500 || status == 502 || status == 504)
        return fail(errc::gateway, fmt::format("{} answers HTTP {} without a reason", url, status));
    if (status >= 200 && status < 300)
        return not_ews(url, "answers with something that is no SOAP, perhaps a login page");
    return fail(errc::http_status, fmt::format("{} answers HTTP {}", url, status));
}

}  // namespace ews
