// The HTTP proxy that https servers may have to be reached by, as it is configured, and which
// servers those are. Separate from http/tunnel, which talks to it, because it is pure.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "http/error.hpp"
#include "http/options.hpp"
#include "http/url.hpp"

namespace http {

struct Proxy {
    Target address;
    std::string authorization;          ///< a secret
    std::vector<std::string> no_proxy;  ///< in lower case

    /// Never for a server on this machine: what the proxy calls localhost is another one.
    bool is_for(const Target& server) const;
    /// What error texts call it; tells also where we wanted to.
    std::string name_on_way_to(const Target& server) const;
};

/// Null where no proxy is configured. errc::bad_url for what cannot be used; the text names it.
Result<std::shared_ptr<const Proxy>> read_proxy(const ProxyOptions& options);

}  // namespace http
