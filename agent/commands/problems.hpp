// Problems of configuration and policy files on the command line: what is said and which exit code
// it is. Used by every command that reads such files.
#pragma once

#include "agent/config.hpp"

namespace agent {

/// 3 where a file could not be read, else 2. There is at least one problem.
int exit_code(const FileProblems& problems);

/// Says each on standard error; their exit code.
int complain(const FileProblems& problems);

}  // namespace agent
