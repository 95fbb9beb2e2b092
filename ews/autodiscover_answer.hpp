// What one Autodiscover server says about one address, whichever of the two dialects it speaks. The
// readers (ews/autodiscover_soap, ews/autodiscover_pox) make it, the walk (ews/autodiscover) acts.
#pragma once

#include <string>
#include <variant>

#include "ews/error.hpp"

namespace ews {

/// Texts as the server gave them, "" where it gave none; one of the URLs is there.
struct AutodiscoverSettings {
    std::string external_url, internal_url;
    std::string grouping;        ///< GroupingInformation: mailboxes of one value share streams
    std::string server_version;  ///< "15.2.1544.4"
    bool operator==(const AutodiscoverSettings&) const = default;
};

/// Ask the same there.
struct UrlRedirect {
    std::string url;
    bool operator==(const UrlRedirect&) const = default;
};

/// Begin again with that address.
struct AddressRedirect {
    std::string address;
    bool operator==(const AddressRedirect&) const = default;
};

using AutodiscoverAnswer = std::variant<AutodiscoverSettings, UrlRedirect, AddressRedirect>;

}  // namespace ews
