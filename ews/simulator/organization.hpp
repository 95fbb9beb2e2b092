// All that a server knows: accounts, mailboxes, subscriptions, counters and injected faults. Not
// thread-safe; whoever holds it (Simulator) guards it with one mutex.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ews/simulator/fault_plan.hpp"
#include "ews/simulator/mailbox.hpp"
#include "ews/simulator/simulator.hpp"
#include "ews/simulator/subscriptions.hpp"

namespace ews::simulator {

struct Account {
    std::string name;
    std::string password;
    bool is_service = false;  ///< has no mailbox
    /// Addresses that it may act for beside its own; nothing: for a service account all, for a user
    /// none.
    std::optional<std::vector<std::string>> rights = {};
};

/// Whether the account may act for that mailbox.
bool may_act_for(const Account& account, std::string_view mailbox);

class Organization {
public:
    void add_mailbox(std::string address, std::string password);
    void add_service_account(std::string name, std::string password);
    /// False if there is no such account.
    bool allow(std::string_view account, std::vector<std::string> mailboxes);

    /// By the value of an Authorization header (Basic, RFC 7617); nullptr if it is not right.
    const Account* authenticate(std::string_view authorization) const;
    /// nullptr if there is none; letter case does not matter.
    const Account* account(std::string_view name) const;
    const std::vector<Account>& accounts() const { return accounts_; }
    /// nullptr if there is none; letter case does not matter.
    Mailbox* mailbox(std::string_view address);
    const std::vector<std::unique_ptr<Mailbox>>& mailboxes() const { return mailboxes_; }

    void count(const std::string& operation) { ++requests[operation]; }
    Subscriptions subscriptions;
    FaultPlan faults;
    Ways ways;
    std::uint64_t sync_generation = 1;  ///< part of every SyncState; those of another are refused
    std::uint64_t mime_made = 0;        ///< how often MIME was made anew
    std::map<std::string, std::size_t> requests;
    std::map<std::string, std::string> legacy_names;  ///< X.500 name, lower case -> SMTP address
    RequestWitness witness;  ///< of every request; may be empty

private:
    std::vector<Account> accounts_;
    std::vector<std::unique_ptr<Mailbox>> mailboxes_;
};

}  // namespace ews::simulator
