// `check --connect`: can every mailbox and CRM of a configuration be reached, and as whom. Writes nothing.
#pragma once

#include "agent/config.hpp"

namespace agent {

/// Prints a line for each; 0 if all can be reached, else 3.
int check_connections(const Config& config);

}  // namespace agent
