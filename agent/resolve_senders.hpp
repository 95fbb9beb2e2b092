// Who the people on an internal mail are: their SMTP addresses, by the properties of the item or by
// asking the server (ResolveNames). What was learnt is remembered as long as the agent runs.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "agent/error.hpp"
#include "agent/x500_name.hpp"
#include "ews/client.hpp"
#include "ews/item.hpp"

namespace agent {

/// Whom the server has to be asked about before rules see a mail.
struct Strangers {
    std::string from;       ///< SMTP address by the item's properties; "" if that is not needed
    std::string from_name;  ///< X.500 name of From, where only the item has it
    std::vector<std::string> names;  ///< X.500 names
    bool is_inside = false;          ///< see AddressBook
    bool operator==(const Strangers&) const = default;
};

/// Pure. `mime` begins with the head of the mail; what stands behind it does not matter.
Strangers strangers(const ews::Item& item, std::string_view mime);

class ResolveSenders {
public:
    /// The client outlives this, and all calls come from its strand.
    explicit ResolveSenders(ews::Client& client) : client_(client) {}

    /// Whoever is not found is not in the book. An error only where the server cannot be asked
    /// anything now: then the mail waits. A server that cannot do this alone must not hold the mail
    /// up.
    boost::asio::awaitable<Result<AddressBook>> resolve(Strangers people);

private:
    boost::asio::awaitable<Result<std::string>> address_of(std::string name);

    ews::Client& client_;
    std::map<std::string, std::string> known_;  ///< comparable_name -> SMTP address, "" for nobody
};

}  // namespace agent
