#include "rules/create/gate.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mime/domain.hpp"
#include "rules/limits.hpp"

namespace rules {
namespace {

Gate closed(Outcome outcome, const Addressee& addressee, std::string why, Trace& trace) {
    trace.push_back({"create", addressee.address, why, "nobody is created"});
    return {false, outcome, std::move(why)};
}

/// What no domain has: then quotes or brackets were left open where the address was typed.
constexpr std::string_view no_domain = " \t\"'<>(),;:\\";

bool is_usable(const std::string& key) {
    const auto at = key.rfind('@');
    if (at != std::string::npos && key[at + 1] != '[' && key.find_first_of(no_domain, at) != key.npos)
        return false;
    return at != std::string::npos && at > 0 && at + 1 < key.size() && key.size() <= max_address_length;
}

}  // namespace

std::string covering_domain(const std::set<std::string>& domains, std::string host) {
    while (!host.empty()) {
        if (domains.contains(host)) return host;
        const auto dot = host.find('.');
        host = dot == std::string::npos ? "" : host.substr(dot + 1);
    }
    return "";
}

Gate creation_gate(
    const Policy& policy, const Mail& mail, const Addressee& addressee, Trace& trace
) {
    const auto& creation = creation_of(policy, mail.role);
    const auto& own_addresses = mail.owner.addresses;
    const auto host = mime::domain_of(addressee.key);
    if (!is_usable(addressee.key))
        return closed(Outcome::blocked, addressee, "this is not a complete address", trace);
    if (std::ranges::find(own_addresses, addressee.key) != own_addresses.end())
        return closed(Outcome::blocked, addressee, "this is the owner of the mailbox", trace);
    if (const auto own = covering_domain(policy.own_domains, host); !own.empty())
        return closed(Outcome::blocked, addressee, fmt::format("{} is an own domain", own), trace);
    if (!creation.people)
        return closed(Outcome::unmatched, addressee, "creation is off (people=\"false\")", trace);
    const auto listed = covering_domain(creation.no_create_domains, host);
    if (!listed.empty())
        return closed(
            Outcome::blocked, addressee, fmt::format("{} is a no-create-domain", listed), trace
        );
    const auto lead = creation.lead_instead_of_contact;
    const std::string kind = lead ? "lead" : "contact";
    const auto* seen = lead ? "creation is on, lead-instead-of-contact" : "creation is on";
    const auto* account = lead ? ", without an account" : "";
    trace.push_back({"create", addressee.address, seen, "a " + kind + " is created" + account});
    return {true, lead ? Outcome::create_lead : Outcome::create_contact, "a new " + kind};
}

}  // namespace rules
