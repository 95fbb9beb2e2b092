// Request text to reply: envelope, SOAP headers, impersonation, back ends, dispatch to answer/, and
// the faults that are planned. Knows no network, so tests call it directly.
#pragma once

#include <string_view>

#include "ews/simulator/reply.hpp"

namespace ews::simulator {

/// `back_end` is the one whose cookie the client sent, 0 if none.
Reply answer(
    Organization& organization,
    const Account& account,
    std::string_view request,
    unsigned back_end = 0
);

}  // namespace ews::simulator
