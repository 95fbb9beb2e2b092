// The account of a contact that is to be created: found by the domain of the address, or created
// with it. Used by evaluate.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/decision.hpp"
#include "rules/facts.hpp"
#include "rules/policy.hpp"

namespace rules {

/// True where a domain can be an account's: a registered name, no address literal and no bare host.
bool has_account(const std::string& domain);

struct AccountMatch {
    std::optional<Reference> account;
    std::optional<Create> create;  ///< where `account` is to be created
};

/// Of several accounts the one with the lowest id, so that each mail gets the same.
AccountMatch match_account(
    const std::string& domain,
    const std::vector<Account>& accounts,
    const CreationOptions& options,
    Trace& trace
);

}  // namespace rules
