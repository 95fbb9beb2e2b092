// Request text to reply text: envelope, SOAP headers, impersonation, dispatch to answer/, faults.
// Knows no network, so tests call it directly.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ews/simulator/call.hpp"

namespace ews::simulator {

struct Reply {
    unsigned status = 200;
    std::string body;
    std::optional<StreamPlan> stream;  ///< set: `body` is empty, the reply is a stream
    std::chrono::milliseconds retry_after{0};
    bool drop = false;  ///< close the connection without an answer
};

Reply answer(Organization& organization, const Account& account, std::string_view request);

/// HTTP 500 with a Fault. `back_off` > 0 is told as BackOffMilliseconds.
Reply fault(std::string_view code, std::string_view text, std::chrono::milliseconds back_off = {});

}  // namespace ews::simulator
