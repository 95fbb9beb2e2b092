// Domains of addresses: normal form and registrable domain. The rules look accounts up by the
// latter: mail.acme.co.uk -> acme.co.uk (Public Suffix List, publicsuffix.org).
#pragma once

#include <string>
#include <string_view>

namespace mime {

/// A domain for comparison, as the DNS has it: "Bücher.example." and "XN--Bcher-KVA.example" are
/// "xn--bcher-kva.example" (UTS 46, nontransitional, so that ß stays a letter of its own). No dot
/// at its end. A label that is no label by UTS 46 is kept in (ASCII) lower case.
std::string normal_domain(std::string_view host);

/// The normal form of what stands behind the last '@'; "" if there is none.
std::string domain_of(std::string_view address);

/// The registrable domain ("acme.co.uk" for "mail.acme.co.uk") in normal form; the host itself
/// where the list gives none (a bare public suffix, an IP literal, a name without a dot). The list
/// is the system's, or libpsl's own if that is newer. Private suffixes count as well: whoever is at
/// uk.com or onmicrosoft.com has nothing to do with the others there.
std::string registrable_domain(std::string_view host);

/// Address for comparison: local part in lower case (ASCII by RFC 5321, other by ICU's folding),
/// domain in normal form, surrounding white space and angle brackets removed.
std::string comparable_address(std::string_view address);

}  // namespace mime
