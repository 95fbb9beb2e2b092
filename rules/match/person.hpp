// Who is an addressee to the CRM: user (where users are exclusive), else contact, else (by option)
// lead; the first that is found ends the search. Used by evaluate.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/decision.hpp"
#include "rules/facts.hpp"
#include "rules/mail.hpp"
#include "rules/match/tie_break.hpp"
#include "rules/policy.hpp"

namespace rules {

struct PersonMatch {
    Outcome outcome = Outcome::unmatched;  ///< user, contact, lead or unmatched
    std::optional<Reference> record;
    std::optional<std::string> account;  ///< CRM id, of a contact
    std::vector<Reference> others;       ///< further contacts to link, in order of id
    bool ambiguous = false;              ///< several contacts, and the policy wants none then
    std::string seen;                    ///< id and name, of a user
    std::string why;
};

/// Adds each question and its answer to `trace`.
PersonMatch match_person(
    const Addressee& addressee,
    const Person& person,
    const MatchOptions& options,
    const Preference& preference,
    Trace& trace
);

}  // namespace rules
