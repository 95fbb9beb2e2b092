// Which answers ask us to wait, and who has to: all clients of the server or those of one mailbox.
// Apart from the client because it is a decision, not traffic; http/gate carries it out.
//
// Since Exchange 2010 SP2 RU4 a call with ExchangeImpersonation is charged to a copy of the budget
// of the mailbox that is acted in (one copy for all service accounts), any other call to the budget
// of the account that logs in. Busy in SOAP, fault or not, means that budget: the server is busy
// for us. So with impersonation only that mailbox waits and the others go on; without it all do.
// 429 and 503 come from IIS, a proxy or the front end and are nobody's budget: all wait, after a 503
// without a time not for long at first. A server that is busy indeed says so to one mailbox
// after the other; the gate closes as a whole at the third (BudgetLimits::busy_in_a_row).
// https://learn.microsoft.com/exchange/client-developer/exchange-web-services/ews-throttling-in-exchange
#pragma once

#include <optional>

#include "ews/error.hpp"
#include "http/budget.hpp"
#include "http/transport.hpp"

namespace ews {

/// Says how long, or has a code that means it.
bool asks_to_wait(const Error& error);

/// The error in the body of that answer, with what its head says of waiting: Retry-After, where the
/// error names no time; that a fault in a 429 or 503 is no more about one mailbox than without it.
Error with_head(Error error, const http::Response& head);

http::Scope who_waits(const Error& error, bool impersonates);

/// The error of a reply that asks to wait: its own, or that of one of its items, which stands in an
/// answer that succeeds otherwise. The longest wait, if there are several.
template <class Reply>
std::optional<Error> wait_asked(const Result<Reply>& reply) {
    std::optional<Error> longest;
    const auto consider = [&](Error error) {
        if (!asks_to_wait(error)) return;
        if (!longest || longest->back_off < error.back_off) longest = std::move(error);
    };
    if (!reply) {
        consider(reply.error());
    } else if constexpr (requires { reply->begin()->error(); }) {
        for (const auto& one : *reply)
            if (!one) consider(one.error());
    }
    return longest;
}

}  // namespace ews
