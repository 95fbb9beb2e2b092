// Where the EWS of a mailbox is: Autodiscover in both dialects, SOAP (GetUserSettings at
// autodiscover.svc) and plain XML (autodiscover.xml). EWS is at the host that was asked.
// https://learn.microsoft.com/exchange/client-developer/exchange-web-services/autodiscover-for-exchange
#pragma once

#include <string_view>

#include "ews/simulator/organization.hpp"
#include "ews/simulator/reply.hpp"

namespace ews::simulator {

/// Whether a request of that path asks Autodiscover, not EWS.
bool is_autodiscover(std::string_view target);

/// What is asked for NAME@SUB.DOMAIN, which is no mailbox, is redirected to NAME@DOMAIN, if that is
/// one. `host` is the field Host.
Reply autodiscover(
    Organization& organization,
    std::string_view target,
    std::string_view host,
    std::string_view request
);

}  // namespace ews::simulator
