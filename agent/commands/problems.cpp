#include "agent/commands/problems.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace agent {

int exit_code(const FileProblems& problems) {
    // Without a line it is the file as a whole.
    const bool unreadable =
        std::any_of(problems.begin(), problems.end(), [](const FileProblem& one) {
            return one.problem.line == 0;
        });
    return unreadable ? 3 : 2;
}

int complain(const FileProblems& problems) {
    for (const FileProblem& problem : problems) fmt::print(stderr, "{}\n", to_text(problem));
    return exit_code(problems);
}

}  // namespace agent
