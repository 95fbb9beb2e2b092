#include "http/proxy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "http/ascii.hpp"
#include "http/limits.hpp"

namespace http {

namespace {

/// What a stranger said, fit for a log.
std::string shown(std::string_view text) {
    std::string result(text.substr(0, max_words_shown));
    std::ranges::replace_if(
        result, [](char c) { return c < 0x20 || c > 0x7e; }, '?'
    );
    return result;
}

Error bad_proxy(std::string_view why) {
    return {errc::bad_url, fmt::format("the proxy cannot be used: {}", why)};
}

bool is_no_proxy_entry(std::string_view text) {
    const std::string_view name = text.starts_with('.') ? text.substr(1) : text;
    return !name.empty() && !name.starts_with('.') && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
               c == '_' || c == ':';  // the last in IPv6 addresses
    });
}

/// "mail.example.org:443" as an entry would never match.
bool holds_port(std::string_view text) {
    return std::ranges::count(text, ':') == 1;
}

/// read_address() asks about the proxy as about an https server; this takes that back.
std::string with_http(std::string text) {
    const auto at = text.find("https://");
    if (at != std::string::npos) text.erase(at + 4, 1);
    return text;
}

/// "http://proxy:3128/" and nothing less; the rule of read_url, no plain http to others, is for
/// what carries mail and passwords, which here go through the tunnel.
Result<Target> read_address(const std::string& url) {
    const std::string text = lower(url);
    if (text.starts_with("https://")) {
        return bad_proxy(
            "it must be spoken to by http://, not https://; what goes through it is "
            "encrypted all the same"
        );
    }
    if (!text.starts_with("http://")) return bad_proxy("its URL must be http://HOST:PORT");
    Result<Target> target = read_url("https" + text.substr(4));
    if (!target) return bad_proxy(with_http(target.error().text));
    const std::string_view authority =
        std::string_view(text).substr(7, text.find_first_of("/?#", 7) - 7);
    const auto colon = authority.rfind(':');
    if (colon == std::string_view::npos || authority.find(']', colon) != std::string_view::npos) {
        return bad_proxy("its URL holds no port; write http://HOST:PORT, often 3128 or 8080");
    }
    if (target->path != "/") return bad_proxy("its URL holds a path; write http://HOST:PORT");
    target->secure = false;
    return target;
}

}  // namespace

bool Proxy::is_for(const Target& server) const {
    if (!server.secure || is_loopback(server.host)) return false;
    return std::ranges::none_of(no_proxy, [&server](const std::string& entry) {
        return server.host == entry || (entry.starts_with('.') && server.host.ends_with(entry));
    });
}

std::string Proxy::name_on_way_to(const Target& server) const {
    return fmt::format("{} (the proxy on the way to {})", address.origin(), server.origin());
}

Result<std::shared_ptr<const Proxy>> read_proxy(const ProxyOptions& options) {
    if (options.url.empty()) return std::shared_ptr<const Proxy>();
    auto proxy = std::make_shared<Proxy>();
    Result<Target> address = read_address(options.url);
    if (!address) return address.error();
    proxy->address = std::move(*address);
    if (options.authorization.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
        return bad_proxy("its user name or password holds a line break");
    }
    proxy->authorization = options.authorization;
    for (const std::string& entry : options.no_proxy) {
        proxy->no_proxy.push_back(lower(entry));
        if (is_no_proxy_entry(proxy->no_proxy.back()) && !holds_port(entry)) continue;
        return bad_proxy(fmt::format(
            "'{}' among its exceptions is neither the name or address of a host nor a suffix as "
            "'.example.org'",
            shown(entry)
        ));
    }
    return std::shared_ptr<const Proxy>(std::move(proxy));
}

}  // namespace http
