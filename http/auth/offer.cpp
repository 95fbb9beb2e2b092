#include "http/auth/offer.hpp"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "http/auth/base64.hpp"

namespace http {

namespace {

constexpr std::string_view blank = " \t";

std::string_view trimmed(std::string_view text) {
    const std::size_t from = std::min(text.find_first_not_of(blank), text.size());
    return text.substr(from, text.find_last_not_of(blank) + 1 - from);
}

/// At commas outside quotes.
std::vector<std::string_view> parts_of(std::string_view value) {
    std::vector<std::string_view> parts;
    std::size_t from = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (quoted && value[i] == '\\') {
            ++i;
        } else if (value[i] == '"') {
            quoted = !quoted;
        } else if (value[i] == ',' && !quoted) {
            parts.push_back(trimmed(value.substr(from, i - from)));
            from = i + 1;
        }
    }
    parts.push_back(trimmed(value.substr(std::min(from, value.size()))));
    return parts;
}

/// A part either begins a challenge, "Basic realm=x", "NTLM", or goes on with one, "charset=utf-8".
bool begins_challenge(std::string_view part) {
    const std::size_t end = std::min(part.find_first_of(" \t="), part.size());
    return end > 0 && (end == part.size() || part[end] != '=');
}

std::optional<Error> take(Offer& offer, std::string_view part) {
    const std::size_t end = std::min(part.find_first_of(blank), part.size());
    const std::string_view scheme = part.substr(0, end);
    const std::string_view token = trimmed(part.substr(end));
    const bool is_negotiate = boost::beast::iequals(scheme, "Negotiate");
    const bool is_ntlm = boost::beast::iequals(scheme, "NTLM");
    if (!is_negotiate && !is_ntlm) {
        offer.others.emplace_back(scheme);
        return std::nullopt;
    }
    (is_negotiate ? offer.negotiate : offer.ntlm) = true;
    if (token.empty()) return std::nullopt;
    auto bytes = from_base64(token);
    if (!bytes) return Error{errc::protocol, "the server sent a login token that is no base64"};
    offer.token = std::move(*bytes);
    return std::nullopt;
}

}  // namespace

Result<Offer> read_offer(const std::vector<std::string>& challenges) {
    Offer offer;
    for (const std::string& value : challenges) {
        for (const std::string_view part : parts_of(value)) {
            if (!begins_challenge(part)) continue;
            if (auto error = take(offer, part)) return *error;
        }
    }
    return offer;
}

}  // namespace http
