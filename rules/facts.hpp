// What the engine asks (Need) and what it is told (Facts). The engine never fetches: agent/decide
// asks crm::Directory and hands the answer back. An answer may hold more than was asked.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "rules/vocabulary.hpp"

namespace rules {

struct User {
    std::string id, name;
    std::string time_zone = {};  ///< IANA name as it stands in the CRM, "" if none; not looked at by the rules
    bool operator==(const User&) const = default;
};

struct Contact {
    std::string id, name;
    std::optional<std::string> account;  ///< CRM id
    std::string owner;                   ///< CRM id of a user, "" if none
    std::chrono::sys_seconds modified{};
    int field_order = 0;  ///< which of the CRM's e-mail fields matched; 0 is the primary one
    bool operator==(const Contact&) const = default;
};

struct Lead {
    std::string id, name;
    std::optional<std::string> converted_to;  ///< CRM id of the contact it became
    std::string owner;
    std::chrono::sys_seconds modified{};
    int field_order = 0;  ///< as of a contact
    bool operator==(const Lead&) const = default;
};

struct Account {
    std::string id, name;
    bool operator==(const Account&) const = default;
};

/// All that the CRM knows by one address. Order of the vectors carries no meaning.
struct Person {
    std::vector<User> users;
    std::vector<Contact> contacts;
    std::vector<Lead> leads;
    bool operator==(const Person&) const = default;
};

/// Which files a CRM takes.
struct AttachmentRules {
    std::size_t max_bytes = 0;                 ///< of one file, decoded; 0 for no limit
    std::set<std::string> refused_extensions;  ///< lower case, without the dot: "exe"
    bool operator==(const AttachmentRules&) const = default;
};

/// Questions to the CRM. Empty: nothing is asked.
struct Need {
    std::set<std::string> people;    ///< comparable addresses -> Facts::people
    std::set<std::string> accounts;  ///< registrable domains -> Facts::accounts
    bool attachment_rules = false;   ///< -> Facts::attachment_rules
    std::set<std::string> keys{};    ///< of idempotency -> Facts::keys
    bool empty() const {
        return people.empty() && accounts.empty() && !attachment_rules && keys.empty();
    }
    bool operator==(const Need&) const = default;
};

/// What the journal knows of automatic capture in this mailbox within LoopBrakes::window, this mail not counted.
struct Recent {
    int of_sender = 0, of_thread = 0;
    bool operator==(const Recent&) const = default;
};

/// Answers. A key that is present was looked up, also when nothing was found; a missing key is
/// unknown.
struct Facts {
    std::map<std::string, Person> people;
    std::map<std::string, std::vector<Account>> accounts;
    std::optional<AttachmentRules> attachment_rules;
    std::map<std::string, std::optional<std::string>> keys;  ///< CRM id of what stands under it
    std::optional<Recent> recent;  ///< told by the agent beforehand; without it no brake is looked at
    bool operator==(const Facts&) const = default;
};

}  // namespace rules
