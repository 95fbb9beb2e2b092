// Who is that: people and accounts of a CRM, looked up for the rules engine. Abstract because each
// CRM has its own; crm/embedded is the default, crm/overlay serves dry runs.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <map>
#include <set>
#include <string>

#include "crm/error.hpp"
#include "rules/facts.hpp"

namespace crm {

/// Keys of idempotency that are taken -> CRM id of what stands under them.
using Known = std::map<std::string, std::string>;

class Directory {
public:
    virtual ~Directory() = default;

    /// Facts for everything that `need` names; keys without a find are present and empty.
    /// Changes nothing. May be called from any coroutine of the io_context, also concurrently.
    virtual boost::asio::awaitable<Result<rules::Facts>> answer(rules::Need need) = 0;

    /// Of `keys` those that are taken; a free one is absent. Changes nothing; concurrent as above.
    virtual boost::asio::awaitable<Result<Known>> known(std::set<std::string> keys) = 0;
};

}  // namespace crm
