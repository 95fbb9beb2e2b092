// `check --connect`: can every mailbox and CRM of a configuration be reached, and as whom; can the
// journal be used. Writes nothing.
#pragma once

#include "agent/config.hpp"

namespace agent {

/// Prints a line for each, and for the journal where something is wrong with it; 0 if all can be
/// reached, else 3.
int check_connections(const Config& config);

}  // namespace agent
