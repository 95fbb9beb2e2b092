#include "ews/autodiscover.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <optional>
#include <utility>

#include "ews/autodiscover_answer.hpp"
#include "ews/autodiscover_pox.hpp"
#include "ews/autodiscover_soap.hpp"
#include "ews/autodiscover_walk.hpp"
#include "ews/redirect.hpp"
#include "http/retry.hpp"

namespace ews {
namespace {

using boost::asio::awaitable;

Result<AutodiscoverAnswer> read(Dialect dialect, std::string body) {
    if (dialect == Dialect::soap) return read_soap_autodiscover(std::move(body));
    return read_pox_autodiscover(std::move(body));
}

http::Request request_to(
    const AutodiscoverPlace& place, const std::string& address, std::chrono::milliseconds deadline
) {
    http::Request request;
    request.url = place.url;
    request.deadline = deadline;
    request.repeatable = true;
    request.body = place.dialect == Dialect::soap ? write_soap_autodiscover(address, place.url)
                                                  : write_pox_autodiscover(address);
    request.fields.push_back({"Content-Type", "text/xml; charset=utf-8"});
    request.fields.push_back({"Accept", "text/xml"});
    request.fields.push_back({"X-AnchorMailbox", address});
    return request;
}

errc errc_of_status(unsigned status) {
    if (status == 401) return errc::unauthorised;
    if (status == 403) return errc::forbidden;
    if (status == 429 || status == 503) return errc::unavailable;
    return status >= 500 ? errc::gateway : errc::not_ews;
}

/// A challenge of one of them, RFC 9110 section 11.6.1; several may stand in one field.
bool asks_for(const http::Response& response, const std::vector<std::string>& schemes) {
    const auto begins_with_one = [&](std::string_view challenge) {
        return std::ranges::any_of(schemes, [&](const std::string& scheme) {
            return boost::beast::iequals(challenge.substr(0, scheme.size()), scheme) &&
                   (challenge.size() == scheme.size() ||
                    challenge.find_first_of(" ,", scheme.size()) == scheme.size());
        });
    };
    for (const http::Field& field : response.fields) {
        if (!boost::beast::iequals(field.name, "WWW-Authenticate")) continue;
        std::string_view rest = field.value;
        while (!rest.empty()) {
            rest.remove_prefix(std::min(rest.find_first_not_of(" ,"), rest.size()));
            if (begins_with_one(rest)) return true;
            rest.remove_prefix(std::min(rest.find(','), rest.size()));
        }
    }
    return false;
}

/// What an answer to one request means for the walk.
class Judge {
public:
    Judge(AutodiscoverWalk& walk, const AutodiscoverOptions& options)
        : walk_(walk), options_(options) {}

    /// Our login was refused: nobody else gets it.
    bool is_over() const { return is_over_; }

    std::optional<Discovered> judge(const AutodiscoverPlace& place, http::Response response) {
        if (is_redirect(response.status)) {
            walk_.follow(place, UrlRedirect{location_of(response, place.url)});
            return std::nullopt;
        }
        auto answer = read(place.dialect, std::move(response.body));
        if (response.status != 200)
            refused(place, response, answer);
        else if (!answer)
            note(place, answer.error().code, answer.error().text);
        else
            return act_upon(place, *answer);
        return std::nullopt;
    }

    void unanswered(const AutodiscoverPlace& place, const http::Error& error) {
        const Error meaning = from_transport(error);
        note(place, meaning.code, meaning.text);
        // The other dialect would only wait for the same server again.
        if (error.code != http::errc::closed && error.code != http::errc::too_large)
            walk_.skip_server_of(place.url);
    }

private:
    void note(const AutodiscoverPlace& place, errc code, std::string_view what) {
        walk_.report.add(shown_url(place.url), code, what);
    }

    /// Servers explain themselves in the body of a 500 now and then.
    void refused(
        const AutodiscoverPlace& place,
        const http::Response& response,
        const Result<AutodiscoverAnswer>& answer
    ) {
        std::string what = fmt::format("HTTP {}", response.status);
        if (response.status == 401) what = "the login is refused (HTTP 401)";
        is_over_ = response.status == 401 && asks_for(response, options_.login_schemes);
        if (is_over_) what += "; nobody else is asked with it, since accounts lock";
        if (!answer && answer.error().code != errc::not_ews) what += ", " + answer.error().text;
        const auto now = std::chrono::system_clock::now();
        const auto wait = http::retry_after(response.field("Retry-After"), now);
        walk_.report.add(shown_url(place.url), errc_of_status(response.status), what, wait);
    }

    std::optional<Discovered> act_upon(
        const AutodiscoverPlace& place, const AutodiscoverAnswer& answer
    ) {
        if (const auto* settings = std::get_if<AutodiscoverSettings>(&answer))
            return accept(place, *settings);
        if (const auto* url = std::get_if<UrlRedirect>(&answer)) walk_.follow(place, *url);
        if (const auto* other = std::get_if<AddressRedirect>(&answer)) walk_.follow(place, *other);
        return std::nullopt;
    }

    std::optional<Discovered> accept(
        const AutodiscoverPlace& place, const AutodiscoverSettings& settings
    ) {
        std::string first = settings.external_url, second = settings.internal_url;
        if (options_.prefer_internal) std::swap(first, second);
        for (const auto& url : {first, second}) {
            if (url.empty()) continue;
            const std::string reason = walk_.obstacle(url);
            if (reason.empty()) {
                return Discovered{
                    url, settings.grouping, settings.server_version, walk_.address(), place.url};
            }
            const std::string what = fmt::format("names {} as EWS, ", shown_url(url));
            note(place, errc::redirected, what + "which is not used: " + reason);
        }
        return std::nullopt;
    }

    AutodiscoverWalk& walk_;
    const AutodiscoverOptions& options_;
    bool is_over_ = false;
};

/// Whether there is something new to ask.
awaitable<bool> ask_dns(AutodiscoverWalk& walk, const SrvLookUp& look_up) {
    const std::string domain = walk.take_domain();
    if (domain.empty()) co_return false;
    if (!look_up) co_return false;
    const std::string name = "_autodiscover._tcp." + domain;
    auto asking = look_up(name);
    const auto records = co_await std::move(asking);
    if (!records) {
        walk.report.add(name, records.error().code, records.error().text);
        co_return false;
    }
    if (records->empty()) walk.report.add(name, errc::other, "the DNS has no such SRV record");
    walk.add(*records);
    co_return true;
}

}  // namespace

awaitable<Result<Discovered>> autodiscover(
    http::Transport& transport, AutodiscoverOptions options
) {
    auto walk = AutodiscoverWalk::begin(options.address, options.allowed_hosts);
    if (!walk) co_return walk.error();
    Judge judge(*walk, options);
    while (true) {
        const auto place = walk->next();
        if (!place) {
            const bool goes_on = co_await ask_dns(*walk, options.look_up_srv);
            if (goes_on) continue;
            co_return walk->report.error(options.address);
        }
        http::Request request = request_to(*place, walk->address(), options.deadline);
        auto response = co_await transport.exchange(std::move(request));
        if (!response && response.error().code == http::errc::cancelled)
            co_return from_transport(response.error());
        if (!response) {
            judge.unanswered(*place, response.error());
            continue;
        }
        auto found = judge.judge(*place, *std::move(response));
        if (found) co_return *std::move(found);
        if (judge.is_over()) co_return walk->report.error(options.address);
    }
}

}  // namespace ews
