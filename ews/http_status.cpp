#include "ews/http_status.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "ews/limits.hpp"
#include "ews/response_code.hpp"
#include "ews/sanitise.hpp"
#include "http/ascii.hpp"
#include "http/auth/oauth.hpp"
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

/// What happened, then what to do about it, by the row of that name.
Error fail(std::string_view row, std::string text) {
    const Meaning meaning = meaning_of(row);
    if (!meaning.advice.empty()) text += fmt::format("; {}", meaning.advice);
    return {meaning.kind, {}, std::move(text), {}};
}

std::string quoted(std::string_view from_server) {
    return clean_text(from_server.substr(0, limits::quoted_text));
}

/// Why a token was refused:
/// https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-xoauth
std::string_view diagnosis_of(const http::Response& response) {
    return response.field("x-ms-diagnostics");
}

Error unauthorised(const http::Response& response, std::string_view url, std::string_view account) {
    std::string who = account.empty() ? std::string("this login") : fmt::format("\"{}\"", account);
    const std::string_view diagnosis = diagnosis_of(response);
    const std::string of_token = http::describe_token_refusal(response);
    if (diagnosis.empty() && of_token.empty())
        return fail("HTTP 401", fmt::format("wrong user or password for {} at {}", who, url));
    std::string why = fmt::format("{} refuses {}", url, who);
    if (!diagnosis.empty()) why += fmt::format(" ({})", quoted(diagnosis));
    if (!of_token.empty()) why += ": " + of_token;
    return fail("HTTP 401 with a diagnosis", std::move(why));
}

bool is_online(std::string_view url) {
    return contains(url, "outlook.office365.") || contains(url, "outlook.office.com");
}

Error forbidden(const http::Response& response, std::string_view url) {
    const std::string what = fmt::format("{} refuses access (HTTP 403)", url);
    const std::string_view diagnosis = diagnosis_of(response);
    if (!diagnosis.empty())
        return fail("HTTP 403 with a diagnosis", fmt::format("{} ({})", what, quoted(diagnosis)));
    return fail(is_online(http::lower(url)) ? "HTTP 403 of Exchange Online" : "HTTP 403", what);
}

Error redirected(const http::Response& response, std::string_view url) {
    const std::string target = quoted(response.field("Location"));
    const std::string where = http::lower(target);
    const std::string what = fmt::format("{} redirects to {}", url, target);
    // The front end does this when no back end answers; it passes.
    if (contains(where, "errorpage") || contains(where, "errorfe.aspx"))
        return fail("redirect to an error page", what);
    const std::string_view page = std::string_view(where).substr(0, where.find('?'));
    const bool is_ews = page.ends_with("/ews/exchange.asmx");
    for (const auto* sign : {"/owa", "logon", "login", "/adfs/"})
        if (!is_ews && contains(page, sign)) return fail("redirect to a login page", what);
    return fail("redirect", what);
}

Error too_busy(const http::Response& response, std::string_view url) {
    auto error = fail(
        response.status == 429 ? "HTTP 429" : "HTTP 503",
        fmt::format("{} cannot serve us just now (HTTP {})", url, response.status)
    );
    error.back_off = asked_wait(response);
    if (response.status == 429 && !error.back_off) error.back_off = limits::rate_limited;
    return error;
}

}  // namespace

std::optional<Error> explain_status(
    const http::Response& response, std::string_view url, std::string_view account
) {
    const unsigned status = response.status;
    if (status == 401) return unauthorised(response, url, account);
    if (may_be_soap(response.body)) return std::nullopt;
    if (status == 403) return forbidden(response, url);
    if (status >= 300 && status < 400) return redirected(response, url);
    if (status == 429 || status == 503) return too_busy(response, url);
    if (status >= 200 && status < 300)
        return fail(
            "success without SOAP",
            fmt::format("{} answers with something that is no SOAP, perhaps a login page", url)
        );
    const std::string row = fmt::format("HTTP {}", status);
    const bool is_known = !meaning_of(row).code.empty();
    return fail(
        is_known ? row : "HTTP of another status", fmt::format("{} answers HTTP {}", url, status)
    );
}

}  // namespace ews
