// Where a server may send us. Credentials go along with a repeated request, so this decides who may
// ever see them; pure, and in one place for ews/client and ews/autodiscover.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ews/error.hpp"
#include "http/transport.hpp"

namespace ews {

/// Redirects that are followed one after the other.
inline constexpr int max_redirects = 10;

/// 301, 302, 307, 308: the POST is repeated as POST. 303 asks for a GET, which EWS does not know.
bool is_redirect(unsigned status);

/// "example.com" among `allowed` means that host and all below it, whatever the case; "" nothing.
/// An IP address has to stand there whole.
bool is_allowed_host(std::string_view host, const std::vector<std::string>& allowed);

/// Why no request, and no password with it, may go to a URL that a server has named; "" if it may:
/// by https to an allowed host, or to `own_host`.
std::string obstacle_to(
    std::string_view url, const std::vector<std::string>& allowed, std::string_view own_host = {}
);

/// The Location of an answer from `url`, made absolute; "" if there is none. Not yet judged.
std::string location_of(const http::Response& response, std::string_view url);

/// For error texts and logs: one line, cut, without query and without a password.
std::string shown_url(std::string_view url);

/// Where the EWS request that `url` answered with a redirect is to be repeated: https, the path of
/// EWS, and the same host or an allowed one. Else errc::redirected with a text for the admin, or
/// errc::gateway for the error and login pages of a front end without back end, which pass.
/// The caller counts up to max_redirects.
Result<std::string> redirect_of(
    const http::Response& response, std::string_view url, const std::vector<std::string>& allowed
);

}  // namespace ews
