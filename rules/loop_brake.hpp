// Two programs that answer each other fill a CRM in an hour. Where automatic capture has taken as
// many mails of one sender or conversation as a policy allows, the next one waits. Used by
// evaluate.
#pragma once

#include <optional>
#include <string>

#include "rules/facts.hpp"
#include "rules/mail.hpp"
#include "rules/policy.hpp"

namespace rules {

struct Braked {
    std::string option;  ///< "per-sender" or "per-thread"
    std::string seen;    ///< "100 mails of ann@acme.example were taken within 60 minutes"
    bool operator==(const Braked&) const = default;
};

/// Nothing where the mail may be taken. What the owner of the mailbox writes is counted by
/// conversation alone.
std::optional<Braked> loop_brake(const LoopBrakes& brakes, const Mail& mail, const Recent& recent);

}  // namespace rules
