// The addresses at which Autodiscover of a domain may live, and in which dialect they are spoken
// to. Pure: ews/autodiscover goes through them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ews/error.hpp"
#include "ews/srv_record.hpp"

namespace ews {

enum class Dialect { soap, pox };

struct AutodiscoverPlace {
    std::string url;
    Dialect dialect = Dialect::soap;
    bool operator==(const AutodiscoverPlace&) const = default;
};

/// The domain of an e-mail address in lower case; errc::bad_url where Autodiscover cannot work with
/// it.
Result<std::string> autodiscover_domain(std::string_view address);

/// The domain, then autodiscover.DOMAIN; at each SOAP, then POX. The usual next step, to ask
/// http://autodiscover.DOMAIN for a redirect, is left out on purpose: whoever sits on the way could
/// name any server, and our HTTP client refuses plain http to other machines.
std::vector<AutodiscoverPlace> usual_places(const std::string& domain);

/// At the servers that the DNS names, as many as limits::srv_records.
std::vector<AutodiscoverPlace> places_of(const std::vector<SrvRecord>& records);

/// Where a redirect from `from` leads: in the dialect that the path shows, else in the same.
AutodiscoverPlace redirected_place(std::string url, const AutodiscoverPlace& from);

}  // namespace ews
