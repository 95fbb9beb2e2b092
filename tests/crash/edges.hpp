// Kills at every edge: for each fate of a mail, at every sync of journal and CRM (before and after
// it) and around every request to Exchange, one life after the other, each with a mail of its own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/crash/mails.hpp"

namespace crash {

struct EdgesPlan {
    std::string program;  ///< crashing_agent
    std::vector<Fate> fates;
    std::vector<std::string> memories;  ///< "plain", "forgetful", "torn"
    bool first_start =
        true;  ///< also kills in the first start of all, which makes tables and folders
    bool files = true, requests = true;
    std::uint64_t seed = 0;
    std::uint64_t first = 1, step = 1, last = 100'000;  ///< numbers of the edges
};

/// Prints a table; true if nothing was lost, doubled or wrong.
bool kill_at_edges(const EdgesPlan& plan);

}  // namespace crash
