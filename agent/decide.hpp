// The loop around the engine: evaluate, fetch what it asks for, evaluate again. The only place where rules
// and CRM meet.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "agent/error.hpp"
#include "agent/read_mail.hpp"
#include "crm/directory.hpp"
#include "rules/decision.hpp"
#include "rules/facts.hpp"
#include "rules/policy.hpp"

namespace agent {

/// Decides about `read`; asks `directory` at most limits::need_rounds times. What was odd in the reading opens
/// the trace. `facts` are what is known beforehand. All references must outlive the call. Fails with the directory's error, or errc::permanent where
/// the engine asks in circles.
boost::asio::awaitable<Result<rules::Decision>> decide(
    const rules::Policy& policy,
    const ReadMail& read,
    crm::Directory& directory,
    rules::Facts facts = {}
);

}  // namespace agent
