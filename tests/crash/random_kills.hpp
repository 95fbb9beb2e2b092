// Mails of all fates while the agent is killed at random: at a moment, at something that it does to
// its databases, or around a request to Exchange.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace crash {

struct RandomPlan {
    std::string program;  ///< crashing_agent
    int mails = 10'000, kills = 1'000;
    int kills_a_check = 20;             ///< then all must be finished, and is looked at
    std::vector<std::string> memories;  ///< one of them for each life
    std::uint64_t seed = 0;
};

/// True if nothing was lost, doubled or wrong. The seed settles what is dropped and how the agent
/// is killed; what the threads of both sides make of it may differ from run to run.
bool kill_at_random(const RandomPlan& plan);

}  // namespace crash
