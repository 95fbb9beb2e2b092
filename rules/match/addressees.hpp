// Which addressees of a mail are looked at: by option, each address once. Used by evaluate.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "rules/decision.hpp"
#include "rules/mail.hpp"
#include "rules/policy.hpp"

namespace rules {

/// An addressee to look at. Points into the Mail.
struct Candidate {
    const Addressee* addressee = nullptr;
    std::optional<std::size_t> same_as;  ///< index of the earlier candidate with this address
};

/// In header order. What an option leaves out is noted in `trace`.
std::vector<Candidate> candidates(const Mail& mail, const MatchOptions& options, Trace& trace);

}  // namespace rules
