#include "ews/redirect.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ews/http_status.hpp"
#include "ews/limits.hpp"
#include "ews/sanitise.hpp"
#include "http/ascii.hpp"
#include "http/url.hpp"

namespace ews {
namespace {

bool is_ip_address(std::string_view host) {
    return host.find(':') != std::string_view::npos ||
           host.find_first_not_of("0123456789.") == std::string_view::npos;
}

/// http://host:port of an absolute URL.
std::string_view origin_of(std::string_view url) {
    const auto authority = url.find("://");
    if (authority == std::string_view::npos) return {};
    return url.substr(0, url.find_first_of("/?#", authority + 3));
}

bool is_ews_url(const std::string& url) {
    const auto target = http::read_url(url);
    return target && http::lower(target->path.substr(0, target->path.find('?')))
                         .ends_with("/ews/exchange.asmx");
}

/// Why an EWS request must not go there; "" if it may.
std::string ews_obstacle(
    const std::string& target, std::string_view url, const std::vector<std::string>& allowed
) {
    const auto here = http::read_url(url);
    const std::string own_host = here ? here->host : std::string();
    std::string reason = obstacle_to(target, allowed, own_host);
    if (reason.empty() && !is_ews_url(target))
        reason = "its path does not end in /EWS/Exchange.asmx";
    return reason;
}

}  // namespace

bool is_redirect(unsigned status) {
    return status == 301 || status == 302 || status == 307 || status == 308;
}

bool is_allowed_host(std::string_view host, const std::vector<std::string>& allowed) {
    const std::string name = http::lower(host);
    return std::ranges::any_of(allowed, [&](const std::string& entry) {
        const std::string suffix = http::lower(entry);
        if (name.empty() || suffix.empty()) return false;
        return name == suffix || (!is_ip_address(name) && name.ends_with("." + suffix));
    });
}

std::string obstacle_to(
    std::string_view url, const std::vector<std::string>& allowed, std::string_view own_host
) {
    const bool is_printable = std::ranges::all_of(url, [](char c) { return c > ' ' && c <= '~'; });
    if (!is_printable) return "it is no URL";
    const auto target = http::read_url(url);
    if (!target) return target.error().text;
    if (!target->secure) return "it is not https";
    if (target->host == own_host || is_allowed_host(target->host, allowed)) return {};
    return fmt::format("the host {} is not among those allowed by configuration", target->host);
}

std::string location_of(const http::Response& response, std::string_view url) {
    const std::string_view location = response.field("Location");
    if (location.starts_with("//")) return fmt::format("https:{}", location);
    // By hand: the URL parser of Boost 1.81 misreads some hosts, see http/url.cpp.
    if (location.starts_with('/')) return fmt::format("{}{}", origin_of(url), location);
    return std::string(location);
}

std::string shown_url(std::string_view url) {
    const std::string_view origin = origin_of(url);
    if (origin.find('@') != std::string_view::npos) return "(an address that holds a password)";
    std::string shown(url.substr(0, std::min(url.find_first_of("?#"), limits::quoted_text)));
    std::ranges::replace_if(
        shown, [](char c) { return c >= 0 && c < ' '; }, ' '
    );
    return clean_text(shown);
}

Result<std::string> redirect_of(
    const http::Response& response, std::string_view url, const std::vector<std::string>& allowed
) {
    const auto explained = explain_status(response, url, "");
    if (explained && explained->code == errc::gateway) return *explained;
    std::string target = location_of(response, url);
    std::string reason;
    if (target.empty())
        reason = "it does not say where to";
    else if (!is_redirect(response.status))
        reason = "a POST cannot be repeated so";
    else
        reason = ews_obstacle(target, url, allowed);
    if (reason.empty()) return target;
    std::string text = fmt::format(
        "{} redirects (HTTP {}) to {}, which is not followed: {}; if that is right, put the "
        "address of EWS into the configuration",
        shown_url(url),
        response.status,
        target.empty() ? "nowhere" : shown_url(target),
        reason
    );
    return Error{errc::redirected, {}, std::move(text), {}};
}

}  // namespace ews
