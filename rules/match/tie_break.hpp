// Several records with one address: exactly one is linked, and always the same one. Used by
// match/person.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "rules/facts.hpp"

namespace rules {

/// What prefers one record to another beside the record itself.
struct Preference {
    std::set<std::string> owners;    ///< CRM ids of the mailbox's user
    std::set<std::string> accounts;  ///< CRM ids of accounts that other addressees have linked
};

template <class Record>
struct Choice {
    const Record* record = nullptr;
    std::string why;  ///< which criterion decided; "" where there was one candidate only
};

/// Order: e-mail field, owned by the mailbox's user, account already linked, last modified, lowest
/// id. `contacts` is not empty.
Choice<Contact> break_tie(const std::vector<Contact>& contacts, const Preference& preference);

/// Order: e-mail field, owned by the mailbox's user, last modified, lowest id. `leads` is not empty.
Choice<Lead> break_tie(const std::vector<Lead>& leads, const Preference& preference);

/// Numbers by value and before words: "9" < "10" < "a".
bool lower_id(const std::string& a, const std::string& b);

}  // namespace rules
