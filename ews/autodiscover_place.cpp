#include "ews/autodiscover_place.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ews/autodiscover_limits.hpp"
#include "ews/autodiscover_xml.hpp"
#include "http/ascii.hpp"
#include "http/url.hpp"

namespace ews {
namespace {

void add_both(std::vector<AutodiscoverPlace>& places, const std::string& server) {
    const std::string start = fmt::format("https://{}/autodiscover/autodiscover.", server);
    places.push_back({start + "svc", Dialect::soap});
    places.push_back({start + "xml", Dialect::pox});
}

bool is_printable(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c > ' ' && c != '\x7F') || c < 0; });
}

/// A host name with a dot in it, nothing else.
bool is_domain(const std::string& domain) {
    const auto target = http::read_url(fmt::format("https://{}/", domain));
    return target && target->host == domain && target->path == "/" && !target->is_address &&
           domain.find('.') != std::string::npos;
}

}  // namespace

Result<std::string> autodiscover_domain(std::string_view address) {
    const auto at = address.rfind('@');
    std::string domain = at == std::string_view::npos ? "" : http::lower(address.substr(at + 1));
    if (at != 0 && address.size() <= limits::domain_name && is_printable(address) &&
        is_domain(domain))
        return domain;
    std::string text = fmt::format(
        "Autodiscover cannot work with the address \"{}\": it needs NAME@DOMAIN, the domain in "
        "ASCII (xn--…)",
        one_line(address)
    );
    return Error{errc::bad_url, {}, std::move(text), {}};
}

std::vector<AutodiscoverPlace> usual_places(const std::string& domain) {
    std::vector<AutodiscoverPlace> places;
    add_both(places, domain);
    add_both(places, "autodiscover." + domain);
    // These domains are Exchange Online's own; it answers there by plain http only.
    if (domain.ends_with(".onmicrosoft.com")) add_both(places, "autodiscover-s.outlook.com");
    return places;
}

std::vector<AutodiscoverPlace> places_of(const std::vector<SrvRecord>& records) {
    std::vector<AutodiscoverPlace> places;
    for (const auto& record : records) {
        if (places.size() >= 2 * limits::srv_records) break;
        const bool is_usual = record.port == 443;
        add_both(
            places, is_usual ? record.target : fmt::format("{}:{}", record.target, record.port)
        );
    }
    return places;
}

AutodiscoverPlace redirected_place(std::string url, const AutodiscoverPlace& from) {
    const std::string path = http::lower(std::string_view(url).substr(0, url.find('?')));
    Dialect dialect = from.dialect;
    if (path.ends_with(".svc")) dialect = Dialect::soap;
    if (path.ends_with(".xml")) dialect = Dialect::pox;
    return {std::move(url), dialect};
}

}  // namespace ews
