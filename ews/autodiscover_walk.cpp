#include "ews/autodiscover_walk.hpp"

#include <fmt/format.h>

#include <utility>

#include "ews/autodiscover_limits.hpp"
#include "ews/autodiscover_xml.hpp"
#include "ews/redirect.hpp"
#include "http/ascii.hpp"
#include "http/url.hpp"

namespace ews {
namespace {

std::string origin_of(const std::string& url) {
    const auto target = http::read_url(url);
    return target ? target->origin() : std::string();
}

}  // namespace

Result<AutodiscoverWalk> AutodiscoverWalk::begin(
    std::string address, std::vector<std::string> allowed_hosts
) {
    auto domain = autodiscover_domain(address);
    if (!domain) return domain.error();
    AutodiscoverWalk walk;
    walk.allowed_ = std::move(allowed_hosts);
    walk.allowed_.push_back("outlook.office365.com");
    walk.allowed_.push_back("autodiscover-s.outlook.com");
    walk.allowed_.push_back(*domain);
    walk.begin_with(std::move(address), *std::move(domain));
    return walk;
}

void AutodiscoverWalk::begin_with(std::string address, std::string domain) {
    const auto usual = usual_places(domain);
    places_.assign(usual.begin(), usual.end());
    addresses_.insert(http::lower(address));
    address_ = std::move(address);
    domain_ = std::move(domain);
}

std::optional<AutodiscoverPlace> AutodiscoverWalk::next() {
    while (!places_.empty()) {
        AutodiscoverPlace place = std::move(places_.front());
        places_.pop_front();
        if (may_be_asked(place)) return place;
    }
    return std::nullopt;
}

std::string AutodiscoverWalk::take_domain() {
    return std::exchange(domain_, {});
}

void AutodiscoverWalk::add(const std::vector<SrvRecord>& records) {
    for (auto& place : places_of(records)) places_.push_back(std::move(place));
}

std::string AutodiscoverWalk::obstacle(const std::string& url) const {
    return obstacle_to(url, allowed_);
}

void AutodiscoverWalk::skip_server_of(const std::string& url) {
    silent_.insert(origin_of(url));
}

std::string AutodiscoverWalk::key_of(const AutodiscoverPlace& place) const {
    return http::lower(place.url) + '\n' + http::lower(address_);
}

bool AutodiscoverWalk::may_be_asked(const AutodiscoverPlace& place) {
    if (!asked_.insert(key_of(place)).second) return false;
    std::string reason = obstacle(place.url);
    const errc code = reason.empty() ? errc::other : errc::redirected;
    if (reason.empty() && silent_.contains(origin_of(place.url)))
        reason = "its server did not answer, see above";
    if (reason.empty() && requests_ == limits::autodiscover_requests) {
        reason = fmt::format("{} requests are enough", requests_);
        places_.clear();
        domain_.clear();
    }
    if (reason.empty())
        ++requests_;
    else
        report.add(shown_url(place.url), code, fmt::format("not asked: {}", reason));
    return reason.empty();
}

bool AutodiscoverWalk::may_follow(
    const AutodiscoverPlace& place, std::string_view whither, std::string_view trouble
) {
    if (redirects_ == max_redirects) trouble = "no more redirects are followed";
    const bool may = trouble.empty();
    report.add(
        shown_url(place.url),
        may ? errc::other : errc::redirected,
        fmt::format("redirects to {}{}{}", whither, may ? "" : ": ", trouble)
    );
    if (may) ++redirects_;
    return may;
}

void AutodiscoverWalk::follow(const AutodiscoverPlace& place, const UrlRedirect& redirect) {
    AutodiscoverPlace next = redirected_place(redirect.url, place);
    std::string_view trouble;
    if (next.url.empty())
        trouble = "it does not say where to";
    else if (asked_.contains(key_of(next)))
        trouble = "that has been asked already";
    const std::string whither = next.url.empty() ? "nowhere" : shown_url(next.url);
    if (may_follow(place, whither, trouble)) places_.push_front(std::move(next));
}

void AutodiscoverWalk::follow(const AutodiscoverPlace& place, const AddressRedirect& redirect) {
    auto domain = autodiscover_domain(redirect.address);
    std::string_view trouble;
    if (!domain)
        trouble = "Autodiscover cannot work with it";
    else if (addresses_.contains(http::lower(redirect.address)))
        trouble = "that has been asked already";
    const std::string whither = fmt::format("the address {}", one_line(redirect.address));
    if (may_follow(place, whither, trouble)) begin_with(redirect.address, *std::move(domain));
}

}  // namespace ews
