// All that a server knows: accounts, mailboxes, subscriptions, counters and injected faults. Not
// thread-safe; whoever holds it (Simulator) guards it with one mutex.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ews/simulator/mailbox.hpp"
#include "ews/simulator/simulator.hpp"
#include "ews/simulator/subscriptions.hpp"

namespace ews::simulator {

struct Account {
    std::string name;
    std::string password;
    bool is_service = false;  ///< has no mailbox and may act for every one
};

class Organization {
public:
    void add_mailbox(std::string address, std::string password);
    void add_service_account(std::string name, std::string password);

    /// By the value of an Authorization header (Basic, RFC 7617); nullptr if it is not right.
    const Account* authenticate(std::string_view authorization) const;
    /// nullptr if there is none; letter case does not matter.
    Mailbox* mailbox(std::string_view address);
    const std::vector<std::unique_ptr<Mailbox>>& mailboxes() const { return mailboxes_; }

    void count(const std::string& operation) { ++requests[operation]; }
    void inject(std::string operation, Fault fault, std::size_t times);
    std::optional<Fault> take_fault(std::string_view operation);

    Subscriptions subscriptions;
    std::map<std::string, std::size_t> requests;
    RequestWitness witness;  ///< of every request; may be empty

private:
    struct Planned {
        std::string operation;
        Fault fault;
        std::size_t times = 0;
    };

    std::vector<Account> accounts_;
    std::vector<std::unique_ptr<Mailbox>> mailboxes_;
    std::list<Planned> faults_;
};

}  // namespace ews::simulator
