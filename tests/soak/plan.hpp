// What a soak is asked to do, and what it must keep.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

namespace soak {

struct Plan {
    std::string agent;             ///< the program mailferry
    std::filesystem::path folder;  ///< gets everything: databases, log, samples.csv
    std::chrono::seconds length{3600};
    int mails_a_second = 20;
    int mailboxes = 8;
    std::uint64_t seed = 0;
    std::chrono::milliseconds between_faults{2000};  ///< on average
    std::chrono::seconds drain{240};  ///< when the faults are over, until all is worked off

    double slope = 12;         ///< MB an hour that it may grow after half an hour; 0: not looked at
    double resident = 256;     ///< MB that it may have at any time; 0: not looked at
    int sockets = 48;          ///< that it may have at any time
    int sockets_at_rest = 24;  ///< … when all is done: streams, and connections that are kept
};

}  // namespace soak
