// The command line of `mailferry` as a whole: the sub-commands of agent/command.hpp under one head.
// In the library, not in main.cpp, so that tests call what users do; and the only header of it that
// does not bring CLI11.
#pragma once

#include <string>
#include <vector>

namespace agent {

/// `arguments` without the name of the program. Prints help, version and complaints itself; returns
/// the exit status (agent/command.hpp). Throws what a sub-command throws.
int run_command_line(std::vector<std::string> arguments);

}  // namespace agent
