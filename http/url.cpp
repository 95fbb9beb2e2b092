#include "http/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>

#include "http/ascii.hpp"

namespace http {

namespace {

Error bad_url(std::string text) {
    return {errc::bad_url, std::move(text)};
}

/// The URL without what may be secret: user information, query, fragment.
std::string shown(std::string_view url) {
    if (url.find('@') != std::string_view::npos) return "(not shown, it may hold a password)";
    return fmt::format("'{}'", url.substr(0, std::min<std::size_t>(url.find_first_of("?#"), 200)));
}

bool is_host_name(std::string_view host) {
    return !host.empty() && host.size() <= 253 && std::ranges::all_of(host, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    });
}

struct HostAndPort {
    std::string_view host, port;
    bool bracketed = false;
};

HostAndPort split(std::string_view authority) {
    if (authority.starts_with('[')) {
        const auto end = authority.find(']');
        if (end == std::string_view::npos) return {};
        const std::string_view rest = authority.substr(end + 1);
        return {authority.substr(1, end - 1), rest.empty() ? rest : rest.substr(1), true};
    }
    const auto colon = authority.find(':');
    if (colon == std::string_view::npos) return {authority, {}};
    return {authority.substr(0, colon), authority.substr(colon + 1)};
}

bool is_port(std::string_view port) {
    unsigned number = 0;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
    return error == std::errc() && end == port.data() + port.size() && number > 0 &&
           number <= 65535;
}

bool is_address(const std::string& host) {
    boost::system::error_code ec;
    boost::asio::ip::make_address(host, ec);
    return !ec && host.find('%') == std::string::npos;
}

Result<Target> take_apart(std::string_view text, bool secure) {
    const std::string_view rest = text.substr(text.find("://") + 3);
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
    if (authority.find('@') != std::string_view::npos) {
        return bad_url("the URL holds a user name or password; configure them apart from it");
    }
    const auto [host, port, bracketed] = split(authority);
    const std::string standard_port = secure ? "443" : "80";
    Target target;
    target.secure = secure;
    target.host = lower(host);
    target.port = port.empty() ? standard_port : std::string(port);
    target.is_address = is_address(target.host);
    if (bracketed ? !target.is_address : !is_host_name(target.host)) {
        return bad_url(fmt::format("the URL {} holds no usable host name", shown(text)));
    }
    if (!is_port(target.port)) {
        return bad_url(fmt::format("the URL {} holds no usable port", shown(text)));
    }
    target.host_field = bracketed ? fmt::format("[{}]", target.host) : target.host;
    if (target.port != standard_port) target.host_field += ":" + target.port;
    target.path = rest.substr(authority.size());
    if (!target.path.starts_with('/')) target.path.insert(0, "/");
    return target;
}

}  // namespace

std::string Target::origin() const {
    const std::string_view scheme = secure ? "https" : "http";
    if (host.find(':') == std::string::npos) return fmt::format("{}://{}:{}", scheme, host, port);
    return fmt::format("{}://[{}]:{}", scheme, host, port);
}

bool is_loopback(std::string_view host) {
    if (host == "localhost" || host.ends_with(".localhost")) return true;
    boost::system::error_code ec;
    const auto address = boost::asio::ip::make_address(std::string(host), ec);
    return !ec && address.is_loopback();
}

Result<Target> read_url(std::string_view text) {
    text = text.substr(0, text.find('#'));
    // For the syntax only: the parser of Boost 1.81 cuts the host 127.0.0.1.example.org down to
    // 127.0.0.1, and wraps the port 99999 to another one.
    const auto url = boost::urls::parse_absolute_uri(text);
    if (!url || !url->has_authority()) {
        return bad_url(fmt::format("{} is no absolute URL", shown(text)));
    }
    const bool secure = url->scheme_id() == boost::urls::scheme::https;
    if (!secure && url->scheme_id() != boost::urls::scheme::http) {
        return bad_url(
            fmt::format("the URL {} begins neither with https:// nor http://", shown(text))
        );
    }
    Result<Target> target = take_apart(text, secure);
    if (target && !target->secure && !is_loopback(target->host)) {
        return bad_url(fmt::format(
            "{}: plain http would send passwords and mail readable for anybody on the way; use "
            "https://",
            target->origin()
        ));
    }
    return target;
}

}  // namespace http
