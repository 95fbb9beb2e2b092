// A CRM directory in memory for tests: answers from `facts`, remembers every question, fails when
// told to.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "crm/directory.hpp"

namespace fakes {

class Directory final : public crm::Directory {
public:
    rules::Facts facts;              ///< all that this CRM knows
    crm::Known keys;                 ///< of idempotency that are taken -> CRM id
    std::vector<rules::Need> asked;  ///< every question, in order
    std::map<std::size_t, crm::Error>
        failures;  ///< number of the call, from 1 -> what it gets instead

    boost::asio::awaitable<crm::Result<rules::Facts>> answer(rules::Need need) override {
        asked.push_back(need);
        if (const auto failure = failures.find(asked.size()); failure != failures.end()) {
            co_return failure->second;
        }
        rules::Facts answer;
        for (const auto& address : need.people) {
            const auto known = facts.people.find(address);
            answer.people[address] = known == facts.people.end() ? rules::Person{} : known->second;
        }
        for (const auto& domain : need.accounts) {
            auto& accounts = answer.accounts[domain];
            if (const auto known = facts.accounts.find(domain); known != facts.accounts.end()) {
                accounts = known->second;
            }
        }
        if (need.attachment_rules) {
            answer.attachment_rules = facts.attachment_rules.value_or(rules::AttachmentRules{});
        }
        co_return answer;
    }

    boost::asio::awaitable<crm::Result<crm::Known>> known(std::set<std::string> wanted) override {
        crm::Known known;
        for (const auto& key : wanted) {
            if (const auto taken = keys.find(key); taken != keys.end()) known.insert(*taken);
        }
        co_return known;
    }
};

}  // namespace fakes
