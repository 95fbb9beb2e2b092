// Domains of addresses: normal form and registrable domain. The rules look accounts up by the
// latter: mail.acme.co.uk -> acme.co.uk (Public Suffix List, publicsuffix.org).
#pragma once

#include <string>
#include <string_view>

namespace mime {

/// The part behind the last '@' in lower case without a trailing dot; "" if there is none.
std::string domain_of(std::string_view address);

/// The registrable domain by libpsl's list ("acme.co.uk" for "mail.acme.co.uk"); the host itself
/// where the list gives none (a bare public suffix, an IP literal, a name without a dot).
std::string registrable_domain(std::string_view host);

/// Address for comparison: local part and domain in lower case (ASCII by RFC 5321, other by ICU's
/// folding), surrounding white space and angle brackets removed.
std::string comparable_address(std::string_view address);

}  // namespace mime
