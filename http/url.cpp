#include "http/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

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

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return result;
}

bool is_host_name(std::string_view host) {
    return !host.empty() && host.size() <= 253 && std::ranges::all_of(host, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    });
}

Result<Target> take_apart(const boost::urls::url_view& url, std::string_view text) {
    const bool secure = url.scheme_id() == boost::urls::scheme::https;
    if (!secure && url.scheme_id() != boost::urls::scheme::http) {
        return bad_url(
            fmt::format("the URL {} begins neither with https:// nor http://", shown(text))
        );
    }
    if (url.has_userinfo()) {
        return bad_url("the URL holds a user name or password; configure them apart from it");
    }
    Target target;
    target.secure = secure;
    target.host = lower(url.host_address());
    boost::system::error_code ec;
    boost::asio::ip::make_address(target.host, ec);
    target.is_address = !ec;
    if (!target.is_address && !is_host_name(target.host)) {
        return bad_url(fmt::format("the URL {} holds no usable host name", shown(text)));
    }
    const std::string_view standard_port = secure ? "443" : "80";
    if (url.has_port() && !url.port().empty() && url.port_number() == 0) {
        return bad_url(fmt::format("the URL {} holds no usable port", shown(text)));
    }
    target.port = url.port_number() != 0 ? std::to_string(url.port_number()) : standard_port;
    target.host_field =
        target.host.find(':') == std::string::npos ? target.host : fmt::format("[{}]", target.host);
    if (target.port != standard_port) target.host_field += ":" + target.port;
    const std::string_view path = url.encoded_target();
    target.path = path.starts_with('/') ? std::string(path) : "/" + std::string(path);
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

Result<Target> read_url(std::string_view text, bool plain_http) {
    const auto url = boost::urls::parse_absolute_uri(text.substr(0, text.find('#')));
    if (!url) return bad_url(fmt::format("{} is no absolute URL", shown(text)));
    Result<Target> target = take_apart(*url, text);
    if (target && !target->secure && !plain_http && !is_loopback(target->host)) {
        return bad_url(fmt::format(
            "{}: plain http would send passwords and mail readable for anybody on the way; use "
            "https://, "
            "or allow it expressly by the plain-http option",
            target->origin()
        ));
    }
    return target;
}

}  // namespace http
