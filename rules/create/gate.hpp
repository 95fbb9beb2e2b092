// May a person be created for an address: by option, by the lists of domains, never for ourselves.
// Used by evaluate for addressees that nothing matched.
#pragma once

#include <set>
#include <string>

#include "rules/decision.hpp"
#include "rules/mail.hpp"
#include "rules/policy.hpp"

namespace rules {

struct Gate {
    bool open = false;
    Outcome outcome =
        Outcome::unmatched;  ///< create_contact, create_lead; unmatched or blocked if closed
    std::string why;
};

/// By the options of the folder that the mail came through. Adds the option, address or domain that decided to `trace`.
Gate creation_gate(
    const Policy& policy, const Mail& mail, const Addressee& addressee, Trace& trace
);

/// The entry of `domains` that covers `host`: itself or a domain above it; "" if none does.
std::string covering_domain(const std::set<std::string>& domains, std::string host);

}  // namespace rules
