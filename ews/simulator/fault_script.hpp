// Faults as text, one a line (README.md of this folder): what `mailferry-exchange --faults` reads
// and tests write. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ews/simulator/fault.hpp"

namespace ews::simulator {

struct FaultScript {
    std::vector<PlannedFault> faults;   ///< in the order of the lines
    std::vector<std::string> problems;  ///< "line 3: …"; not empty: the script is of no use
};

FaultScript read_fault_script(std::string_view text);

}  // namespace ews::simulator
